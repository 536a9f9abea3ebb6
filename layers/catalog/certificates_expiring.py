"""Green Industry certificates that expire within 90 days and that no other one follows."""

from datetime import timedelta

from layers.catalog.green_certificates import LAYER as CERTIFICATES
from layers.model import Field, Layer, Mark, Style, Text, Theme, Tiling, source_field

_LEVEL = next(field for field in CERTIFICATES.fields if field.name == "level")

LAYER = Layer(
    name="certificates_expiring",
    title=Text("ใบรับรองที่จะหมดอายุใน 90 วัน", "Certificates expiring within 90 days"),
    description=Text(
        "ใบรับรองอุตสาหกรรมสีเขียวที่จะหมดอายุตั้งแต่วันนี้ (เวลาไทย) ถึง 90 วันข้างหน้า"
        " และโรงงานยังไม่มีใบรับรองระดับเดียวกันหรือสูงกว่าที่หมดอายุหลังจากนั้น ใบที่ไม่ทราบวันหมดอายุไม่อยู่ในชั้นนี้",
        "Green Industry certificates that expire from today, in Thailand, to 90 days on, of"
        " factories without another of that level or a higher one that lasts longer. One whose day"
        " of expiry was not given is not here.",
    ),
    licence=CERTIFICATES.licence,
    attribution=CERTIFICATES.attribution,
    style=Style(color="#7a4a00", by=None, mark=Mark("square")),
    sources=("green_industry",),
    stale_after=timedelta(days=400),
    fields=(
        Field("factory_id", Text("รหัสโรงงาน", "Factory")),
        Field("factory_name", Text("ชื่อโรงงาน", "Name of the factory")),
        _LEVEL,
        Field("issued_on", Text("วันที่ออก", "Issued")),
        Field("expires_on", Text("วันหมดอายุ", "Expires")),
        Field("days_left", Text("เหลืออีก", "Left"), "d"),
        Field("certificate_no", Text("เลขที่ใบรับรอง", "Certificate number")),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        source_field(green_industry=Text("อุตสาหกรรมสีเขียว", "Green Industry")),
    ),
    tiling=Tiling(fields=("factory_name", "level", "expires_on", "days_left")),
    themes=(Theme.GREEN,),
)
