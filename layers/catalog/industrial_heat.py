"""Places that are hot all through the year: works, as far as satellites and registers tell."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Mark, Style, Text, Theme, Tiling, Trust

_SOURCES = {
    "industrial_static": Text("ความร้อนอุตสาหกรรมที่อยู่กับที่", "Static industrial heat"),
    "uncertain": Text("ไม่แน่ชัด ไม่พบโรงงานใกล้เคียง", "Uncertain: no works is known near"),
}
_REASONS = {
    "persistent": Text(
        "ร้อนซ้ำตลอดปี ใกล้โรงงานหรือโรงไฟฟ้า", "Hot all through the year, beside a works"
    ),
    "told_static": Text(
        "NASA ระบุว่าเป็นแหล่งความร้อนอยู่กับที่ ใกล้โรงงานหรือโรงไฟฟ้า",
        "NASA calls it static, and it is beside a works",
    ),
    "no_works": Text(
        "ร้อนซ้ำตลอดปี แต่ไม่พบโรงงานในระยะ 1 กม.",
        "Hot all through the year, and no works is known within 1 km",
    ),
}

LAYER = Layer(
    name="industrial_heat",
    title=Text("แหล่งความร้อนที่อยู่กับที่", "Places of static heat"),
    description=Text(
        "ที่ที่ดาวเทียมพบความร้อนซ้ำตลอดปี และอยู่ใกล้โรงงานหรือโรงไฟฟ้าหรือไม่ เป็นผลการวิเคราะห์จากการเกิดซ้ำ"
        " ไม่ได้บอกว่าเป็นของโรงงานใด จุดความร้อนในที่เหล่านี้ยังอยู่ครบ แต่ไม่นับเป็นไฟ",
        "Where satellites see heat all through the year, and whether a works is near. It follows"
        " from how heat recurs and names no works. The hotspots there are all kept, and are not"
        " counted as fires where the heat is industrial.",
    ),
    licence="NASA FIRMS: free to use with acknowledgement; GISTDA: not stated",
    attribution="NASA FIRMS/LANCE; GISTDA; DIW; WRI",
    fields=(
        Field("heat_source", Text("ที่มาของความร้อน", "What gives the heat"), values=_SOURCES),
        Field("reason", Text("เหตุผล", "Reason"), values=_REASONS),
        Field("detections", Text("จุดความร้อนทั้งหมด", "Hotspots in all")),
        Field(
            "days",
            Text("จำนวนวันที่ร้อน", "Days on which it was hot"),
        ),
        Field(
            "days_around",
            Text("จำนวนวันที่ที่นี่หรือข้างเคียงร้อน", "Days on which it was hot here or beside it"),
            description=Text(
                "ในเก้าช่องรอบจุดที่ร้อนบ่อยที่สุด ช่องละ 1/256 องศา ซึ่งใช้ตัดสิน เช่นเดียวกับจำนวนเดือน",
                "In the nine cells of 1/256 degree about the spot that was hot most often, by which"
                " it is judged; so are the months",
            ),
        ),
        Field("months", Text("จำนวนเดือนในสิบสองเดือน", "Calendar months, of the twelve")),
        Field(
            "out_of_season_pct",
            Text("วันที่อยู่นอกสี่เดือนที่ร้อนบ่อยที่สุด", "Days outside of the four busiest months"),
            unit="%",
            decimals=0,
        ),
        Field("first_day", Text("พบวันแรก", "First day")),
        Field("last_day", Text("พบวันล่าสุด", "Last day")),
        Field("frp_mean_mw", Text("FRP เฉลี่ย", "Mean fire radiative power"), unit="MW", decimals=1),
        Field(
            "frp_max_mw", Text("FRP สูงสุด", "Highest fire radiative power"), unit="MW", decimals=1
        ),
        Field(
            "works",
            Text("ที่อยู่ใกล้", "What is near"),
            values={
                "factory": Text("โรงงาน", "A factory"),
                "power_plant": Text("โรงไฟฟ้า", "A power plant"),
            },
        ),
        Field("works_m", Text("ระยะถึงที่ใกล้ที่สุด", "Distance of the nearest"), unit="m", decimals=0),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        *MADE_FIELDS,
    ),
    style=Style(
        color="#5e4b8b",
        by="heat_source",
        colors={"industrial_static": "#5e4b8b", "uncertain": "#9a93ad"},
        mark=Mark("square", "open"),
        marks={"uncertain": Mark("diamond", "open")},
    ),
    sources=("industrial_heat",),
    stale_after=timedelta(days=10),
    trust=Trust(uncertainty=("heat_source", "reason")),
    near=False,
    tiling=Tiling(fields=("heat_source", "reason", "days", "months", "works")),
    themes=(Theme.BURNING,),
)
