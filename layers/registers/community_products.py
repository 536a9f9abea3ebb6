"""Community products certified by the Thai community product standards (มผช.)."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text

REGISTER = Register(
    name="community_products",
    table="community_product",
    title=Text("ผลิตภัณฑ์ชุมชน (มผช.)", "Certified community products"),
    description=Text(
        "ผลิตภัณฑ์ที่ได้รับการรับรองมาตรฐานผลิตภัณฑ์ชุมชน พร้อมวันที่รับรองและหมดอายุตามที่ให้มา"
        " ไม่มีชื่อบุคคล รายการที่ไม่มีพิกัดแสดงเป็นจุดแทนทั้งจังหวัด",
        "Products certified by the community product standards, with the days as given. No"
        " person's name is in it; one without coordinates is a point for its province.",
    ),
    licence="not stated by the provider; facts only",
    attribution="สำนักงานมาตรฐานผลิตภัณฑ์อุตสาหกรรม (สมอ.) / TISI",
    url="https://tcps.tisi.go.th",
    style=Style("#c51b7d", mark=Mark("circle")),
    attributes=(
        Attribute(
            Field("standard_no", Text("เลขที่มาตรฐาน", "Number of the standard")),
            written=("เลขที่ มผช.", "มผช.", "เลขมาตรฐาน"),
        ),
        Attribute(
            Field("certificate_no", Text("เลขที่ใบรับรอง", "Number of the certificate")),
            written=("ใบรับรองเลขที่", "เลขที่ใบรับรอง"),
        ),
        Attribute(
            Field("product_type", Text("ประเภทผลิตภัณฑ์", "Type of product")), written=("ประเภท",)
        ),
        Attribute(
            Field("holder", Text("กลุ่มหรือนิติบุคคลผู้ได้รับการรับรอง", "Group or firm that holds it")),
            written=("ผู้ได้รับการรับรอง", "ชื่อกลุ่ม", "วิสาหกิจชุมชน"),
        ),
    ),
    stale_after=timedelta(days=400),
    key=("name", "province_code", "starts_on", "certificate_no", "holder"),
)
