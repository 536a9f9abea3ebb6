"""Burned land, as images before and after show it."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Theme, Tiling, Trust

LAYER = Layer(
    name="burned_area",
    title=Text("พื้นที่เผาไหม้", "Burned area"),
    description=Text(
        "พื้นที่ที่ดัชนีการเผาไหม้ (NBR) ลดลงตั้งแต่ 0.10 ระหว่างภาพก่อนและหลัง ไม่นับที่เมฆบังหรือไม่มีข้อมูล"
        " และแปลงที่เล็กกว่าหนึ่งไร่ การเก็บเกี่ยวและไถกลบก็ทำให้ดัชนีลดลงได้"
        " ภาพที่ห่างกันเกินสิบวันจึงบอกได้น้อยลง",
        "Land whose burn ratio (NBR) fell by 0.10 or more between an image before and one after,"
        " without what clouds hid or had no data, nor patches smaller than a rai. Harvest and"
        " ploughing lower it, too: images more than ten days apart tell less.",
    ),
    licence="that of the images",
    attribution="คำนวณจากภาพที่ผู้ดูแลระบบให้มา / computed from images that the operator supplied",
    style=Style(
        color="#7a2410",
        by="severity",
        colors={
            "low": "#f2b685",
            "moderate_low": "#de7f4b",
            "moderate_high": "#b3481f",
            "high": "#7a2410",
        },
        fill_opacity=0.6,
    ),
    sources=("burned_area",),
    stale_after=timedelta(days=366),
    trust=Trust(uncertainty=("moderate_share", "clear_share")),
    fields=(
        Field("before_day", Text("ภาพก่อน", "Image before")),
        Field("after_day", Text("ภาพหลัง", "Image after")),
        Field("hectares", Text("พื้นที่ (เฮกตาร์)", "Area"), unit="ha", decimals=1),
        Field("rai", Text("พื้นที่ (ไร่)", "Area in rai"), unit="rai", decimals=0),
        Field(
            "hectares_counted",
            Text("พื้นที่ที่นับ (เฮกตาร์)", "Area that counts"),
            unit="ha",
            description=Text(
                "ไม่รวมส่วนที่ภาพคู่อื่นในช่วงวันเดียวกันซึ่งสิ้นสุดก่อนเห็นแล้ว ใช้ค่านี้เมื่อรวมยอด",
                "Without what a pair of overlapping days that ended earlier shows as well: to be"
                " summed, so that no place counts twice",
            ),
            decimals=1,
        ),
        Field(
            "severity",
            Text("ความรุนแรงเฉลี่ย", "Mean severity"),
            description=Text("ชั้นของ Key และ Benson (2006)", "The classes of Key and Benson (2006)"),
            values={
                "low": Text("ต่ำ", "Low"),
                "moderate_low": Text("ปานกลางค่อนข้างต่ำ", "Moderate-low"),
                "moderate_high": Text("ปานกลางค่อนข้างสูง", "Moderate-high"),
                "high": Text("สูง", "High"),
            },
        ),
        Field("dnbr_mean", Text("dNBR เฉลี่ย × 1,000", "Mean dNBR × 1,000"), decimals=0),
        Field(
            "moderate_share",
            Text("สัดส่วนที่รุนแรงปานกลางขึ้นไป", "Share of moderate severity or more"),
            description=Text(
                "0 ถึง 1 ส่วนที่แน่ใจได้มากกว่าว่าเป็นการเผา", "0 to 1: the part that is more surely burned"
            ),
            kind="share",
        ),
        Field(
            "clear_share",
            Text("สัดส่วนของภาพที่เทียบได้", "Share of the image that could be compared"),
            description=Text("0 ถึง 1", "0 to 1"),
            kind="share",
        ),
        Field("attribution", Text("ที่มาของภาพ", "Whose images")),
        *MADE_FIELDS,
    ),
    geometry="area",
    timed=True,
    near=False,
    themes=(Theme.BURNING,),
    tiling=Tiling(fields=("severity", "hectares", "rai", "after_day"), order="-hectares"),
)
