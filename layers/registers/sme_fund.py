"""Loans of the SME fund by province and year; no cell that few borrowers make up."""

from datetime import timedelta

from layers.model import Attribute, Field, Register, Style, Text

REGISTER = Register(
    name="sme_fund",
    table="sme_fund",
    title=Text("สินเชื่อกองทุนเอสเอ็มอีรายจังหวัด", "SME fund loans by province"),
    description=Text(
        "จำนวนและวงเงินสินเชื่อรายจังหวัดและปี ช่องที่น้อยกว่าห้าราย และช่องที่ใช้ถอดค่านั้นกลับได้ ไม่เปิดเผย",
        "Number and amount of loans by province and year. A cell of fewer than five, and one from"
        " which it could be told, is withheld.",
    ),
    licence="not stated by the provider; sums only",
    attribution="กองทุนพัฒนาเอสเอ็มอีตามแนวประชารัฐ / SME fund",
    url="https://www.industry.go.th",
    style=Style("#2166ac", by="loans", ramp=("#deebf7", "#9ecae1", "#4292c6", "#08519c")),
    attributes=(
        Attribute(
            Field("year", Text("ปี (ค.ศ.)", "Year (CE)")),
            "year",
            needed=True,
            low=2000,
            high=2100,
            written=("ปี", "ปี พ.ศ."),
        ),
        Attribute(
            Field(
                "loans",
                Text("จำนวนสัญญา", "Loans"),
                description=Text("ว่างเมื่อไม่เปิดเผย ไม่ใช่ศูนย์", "Empty where withheld, which is not 0"),
            ),
            "whole",
            needed=True,
            high=1e6,
            written=("จำนวนราย", "จำนวนสัญญา", "ราย"),
        ),
        Attribute(
            Field("amount_baht", Text("วงเงิน", "Amount"), "฿"),
            "number",
            high=1e12,
            written=("วงเงิน", "วงเงิน (บาท)"),
        ),
    ),
    computed=(
        Field(
            "withheld",
            Text("ไม่เปิดเผย", "Withheld"),
            description=Text(
                "น้อยกว่าห้าราย หรือใช้ถอดค่าของช่องที่น้อยกว่าห้ารายได้",
                "Fewer than five, or a cell of fewer than five could be told from it",
            ),
        ),
    ),
    stale_after=timedelta(days=400),
    key=("province_code", "year"),
    areas=True,
)
