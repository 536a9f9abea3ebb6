"""Government service points that bear the GECC mark."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text

_KINDS = {
    "gecc": Text("ศูนย์ราชการสะดวก (GECC)", "Government Easy Contact Center (GECC)"),
    "office": Text("สำนักงาน", "Office"),
}

REGISTER = Register(
    name="service_points",
    table="service_point",
    title=Text("จุดบริการประชาชน", "Service points"),
    description=Text(
        "ศูนย์ราชการสะดวก (GECC) และสำนักงานที่ให้บริการ พร้อมวันที่ตรารับรองเริ่มและสิ้นสุดตามที่ให้มา",
        "GECC centres and offices that serve the public, with the days of the mark as given.",
    ),
    licence="not stated by the provider; facts only",
    attribution="สำนักงานปลัดสำนักนายกรัฐมนตรี, กระทรวงอุตสาหกรรม",
    url="https://www.opm.go.th",
    style=Style(
        "#2166ac",
        by="kind",
        colors={"gecc": "#2166ac", "office": "#737373"},
        mark=Mark("cross"),
    ),
    attributes=(
        Attribute(
            Field("kind", Text("ประเภท", "Kind"), values=_KINDS),
            "code",
            needed=True,
            written=("ประเภท",),
        ),
        Attribute(Field("agency", Text("หน่วยงาน", "Agency")), written=("หน่วยงาน", "กรม")),
        Attribute(
            Field("telephone", Text("โทรศัพท์สำนักงาน", "Office telephone")), written=("โทรศัพท์",)
        ),
        Attribute(Field("hours", Text("เวลาทำการ", "Hours")), written=("เวลาทำการ",)),
    ),
    stale_after=timedelta(days=400),
    near=True,
)
