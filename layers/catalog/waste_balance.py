"""What a province receives of industrial waste less what it sends, where neither tells of one."""

from layers.catalog.waste_flows import LAYER as FLOWS
from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Tiling, Trust

_OF_FLOWS = {field.name: field for field in FLOWS.fields}
_WITHHELD = Text("ว่างเมื่อไม่เปิดเผยหรือไม่มี ไม่ใช่ศูนย์", "Empty where withheld or none, which is not 0")

LAYER = Layer(
    name="waste_balance",
    title=Text("ดุลกากอุตสาหกรรมรายจังหวัด", "Balance of industrial waste by province"),
    description=Text(
        "ตันของกากที่จังหวัดรับเข้าและส่งออกในแต่ละปี รวมที่ขนย้ายภายในจังหวัดทั้งสองยอด ดุลคือรับเข้าลบส่งออก"
        " ยอดที่อาจทำให้รู้ข้อมูลของโรงงานเดียว ไม่ว่าจากตัวยอดหรือเมื่อวางข้างกระแสระหว่างจังหวัด ไม่เปิดเผย",
        "Tonnes that a province receives and sends in a year, what moves within it being in both."
        " The balance is what it receives less what it sends. A sum that could tell of one factory,"
        " by itself or beside the flows between provinces, is withheld.",
    ),
    licence=FLOWS.licence,
    attribution=FLOWS.attribution,
    style=Style(
        color="#8c510a",
        by="balance_tonnes",
        ramp=("#f6e8c3", "#dfc27d", "#bf812d", "#8c510a", "#543005"),
    ),
    sources=FLOWS.sources,
    stale_after=FLOWS.stale_after,
    trust=Trust(
        uncertainty=("loads_left_out_pct",), estimates=("balance_tonnes",), abstained=("abstained",)
    ),
    geometry="area",
    near=False,
    fields=(
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("name_th", Text("จังหวัด", "Province (Thai)")),
        Field("name_en", Text("จังหวัด (อังกฤษ)", "Province")),
        _OF_FLOWS["year"],
        _OF_FLOWS["hazard"],
        Field("sent_tonnes", Text("ส่งออก", "Sent"), "t", _WITHHELD, decimals=1),
        Field("received_tonnes", Text("รับเข้า", "Received"), "t", _WITHHELD, decimals=1),
        Field("balance_tonnes", Text("ดุล", "Balance"), "t", _WITHHELD, decimals=1),
        Field("generators", Text("จำนวนโรงงานผู้ก่อกำเนิด", "Factories that sent")),
        Field("receivers", Text("จำนวนโรงงานผู้รับ", "Factories that received")),
        Field(
            "abstained",
            Text("ว่างเพราะ", "Empty for"),
            values={
                "nothing_sent": Text("ไม่ได้ส่งออก", "nothing was sent"),
                "nothing_received": Text("ไม่ได้รับเข้า", "nothing was received"),
                "sent_withheld": Text("ยอดส่งออกไม่เปิดเผย", "what was sent is withheld"),
                "received_withheld": Text("ยอดรับเข้าไม่เปิดเผย", "what was received is withheld"),
            },
            several=True,
        ),
        _OF_FLOWS["loads_left_out_pct"],
        _OF_FLOWS["figures_of"],
        *MADE_FIELDS,
        _OF_FLOWS["source"],
    ),
    tiling=Tiling(fields=("name_th", "name_en", "year", "hazard", "balance_tonnes"), order="-year"),
)
