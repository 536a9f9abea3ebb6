"""What the layers of released complaints have in common: their words, fields and colours."""

from layers.model.layer import MADE_FIELDS, Field, Style, Text, Trust

RAMP = ("#e2d9ea", "#cdbedd", "#a78fc3", "#7d60a3", "#4f3379")
STYLE = Style(color="#4f3379", by="homes", ramp=RAMP)
LICENCE = "not stated by the provider"
ATTRIBUTION = "Traffy Fondue (NECTEC)"

_GUARANTEE = Text(
    "นับเป็นครัวเรือนที่ร้องเรียนเรื่องมลพิษและเหตุเดือดร้อนรำคาญ ครัวเรือนหนึ่งนับครั้งเดียวต่อช่วงเวลา"
    " ไม่ได้ระบุว่าใครเป็นต้นเหตุ ตัวเลขบวกค่าสุ่มที่สุ่มครั้งเดียวแล้วไม่เปลี่ยนอีก"
    " พื้นที่ที่ว่างคือมีน้อยเกินกว่าจะเปิดเผย ไม่ได้แปลว่าไม่มี เรื่องที่เข้ามาช้านับในช่วงที่ได้รับ",
    "Homes that complained of pollution and nuisances, each once in a period; who causes them is"
    " not said. The number has noise that is drawn once and never again. An empty area has too"
    " few to be shown, which is not none. What comes late counts when it is received.",
)


def description(first: Text) -> Text:
    """What a layer counts, and what is promised of all of them."""
    return Text(f"{first.th} {_GUARANTEE.th}", f"{first.en} {_GUARANTEE.en}")


def homes(name: str = "homes", title: Text | None = None) -> Field:
    """A released number, or none."""
    return Field(
        name,
        title or Text("ครัวเรือนที่ร้องเรียน", "Homes that complained"),
        description=Text(
            "รวมค่าสุ่มแล้ว ว่างเมื่อมีน้อยเกินกว่าจะเปิดเผย ซึ่งไม่ได้แปลว่าไม่มี",
            "With noise; empty where there are too few to be shown, which is not none",
        ),
    )


PERIOD_AND_AREA = (
    Field(
        "period",
        Text("ช่วงเวลา", "Period"),
        values={
            "month": Text("เดือน", "Month"),
            "quarter": Text("ไตรมาส", "Quarter"),
            "year": Text("ปี", "Year"),
        },
    ),
    Field("last_day", Text("วันสุดท้ายของช่วง", "Last day of the period")),
    Field(
        "area",
        Text("ระดับพื้นที่", "Kind of area"),
        description=Text(
            "เลือกตามจำนวนเรื่องทั้งประเทศ กำหนดล่วงหน้าหนึ่งปี",
            "Chosen by the number of complaints in the country, and fixed for a year ahead",
        ),
        values={
            "subdistrict": Text("ตำบล", "Sub-district"),
            "district": Text("อำเภอ", "District"),
            "province": Text("จังหวัด", "Province"),
            "region": Text("ภาค", "Region"),
            "country": Text("ประเทศ", "Country"),
        },
    ),
    Field("code", Text("รหัสพื้นที่", "Area code")),
    Field("name_th", Text("พื้นที่", "Area (Thai)")),
    Field("name_en", Text("พื้นที่ (อังกฤษ)", "Area")),
    Field("province_code", Text("รหัสจังหวัด", "Province code")),
)
# How what is released was made.
HOW = (
    Field(
        "noise_95",
        Text("ค่าสุ่มไม่เกิน ±", "Noise, at most ±"),
        description=Text(
            "ในการสุ่ม 95 จาก 100 ครั้ง ของตัวเลขแต่ละตัว", "In 95 of 100 draws, of each number shown"
        ),
        decimals=0,
    ),
    Field(
        "abstained",
        Text("ว่างเพราะ", "Empty for"),
        values={
            "too_few": Text(
                "น้อยเกินกว่าจะเปิดเผย ไม่ใช่ไม่มี", "there are too few to be shown, which is not none"
            )
        },
    ),
    Field("released_on", Text("เปิดเผยเมื่อ", "Released on")),
    *MADE_FIELDS,
)
TRUST = Trust(uncertainty=("noise_95",), estimates=("homes",), abstained=("abstained",))
