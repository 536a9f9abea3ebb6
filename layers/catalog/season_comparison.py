"""Hotspots of this burning season to date, against the same days of earlier ones."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Theme, Tiling, Trust, source_field

LAYER = Layer(
    name="season_comparison",
    title=Text("ฤดูเผาเทียบฤดูก่อน", "Burning seasons compared"),
    description=Text(
        "จุดความร้อนตั้งแต่ 1 ธันวาคมถึงวันล่าสุด (ไม่เกิน 30 เมษายน) เทียบกับวันเดียวกันของฤดูก่อน ๆ"
        " นับเฉพาะดาวเทียมที่มีอยู่ตลอดทุกฤดูที่เทียบ และไม่นับวันที่ 29 กุมภาพันธ์ จำนวนของดาวเทียมทุกดวงแสดงแยกไว้"
        " แถวของที่ดินทุกประเภทมีเส้นเขต แถวแยกประเภทที่ดินไม่มี",
        "Hotspots from 1 December to the newest day (30 April at the latest), against the same days"
        " of earlier seasons: of the satellites that were there in every season compared, and"
        " without 29 February. What each satellite saw is told apart. The row of all land uses has"
        " the outline, those of one have none.",
    ),
    licence="NASA FIRMS: free to use with acknowledgement; GISTDA: not stated",
    attribution="NASA FIRMS/LANCE; GISTDA",
    style=Style(
        "#10696a",
        by="change_pct",
        # Teal: fires are orange, zones of mills purple. The middle is about as many as before.
        ramp=("#d3f1e4", "#7fcab2", "#379f8f", "#10696a", "#05363d"),
        breaks=(-30, -10, 10, 30),
    ),
    sources=("season_comparison",),
    stale_after=timedelta(days=2),
    trust=Trust(
        uncertainty=("change_low_pct", "change_high_pct"),
        estimates=("compared", "change_pct"),
        abstained=("abstained",),
    ),
    geometry="area",
    timed=True,
    near=False,
    themes=(Theme.BURNING,),
    fields=(
        Field(
            "season", Text("ฤดูที่เริ่มในปี (ค.ศ.)", "Season that begins in the year (CE)"), kind="year"
        ),
        Field(
            "this_season", Text("ฤดูที่นำมาเทียบ (ค.ศ.)", "The season it is compared with"), kind="year"
        ),
        Field(
            "area_kind",
            Text("ระดับพื้นที่", "Area"),
            values={
                "country": Text("ทั้งประเทศ", "Country"),
                "region": Text("ภาค", "Region"),
                "province": Text("จังหวัด", "Province"),
            },
        ),
        Field("area_code", Text("รหัสพื้นที่", "Code of the area")),
        Field("name_th", Text("ชื่อ", "Name (Thai)")),
        Field("name_en", Text("ชื่ออังกฤษ", "Name (English)")),
        Field(
            "land_use",
            Text("ที่ดิน", "Land use"),
            values={
                "all": Text("ทุกประเภท", "All"),
                "sugarcane": Text("อ้อย", "Sugarcane"),
                "paddy": Text("นาข้าว", "Paddy"),
                "maize": Text("ข้าวโพดและไร่หมุนเวียน", "Maize"),
                "other_agriculture": Text("เกษตรอื่น ๆ", "Other agriculture"),
                "forest": Text("พื้นที่ป่า", "Forest"),
                "other": Text("อื่น ๆ", "Other"),
                "unknown": Text("ไม่ทราบ", "Not known"),
            },
        ),
        Field("first_day", Text("ตั้งแต่วันที่", "First day")),
        Field("last_day", Text("ถึงวันที่", "Last day")),
        Field(
            "detections",
            Text("จุดความร้อน ดาวเทียมทุกดวง", "Hotspots, all satellites"),
            description=Text(
                "ไม่รวมความร้อนจากโรงงาน ดาวเทียมหลายดวงเห็นไฟเดียวกันได้",
                "Without industrial heat; several satellites may see one fire",
            ),
        ),
        Field("by_satellite", Text("แยกดาวเทียม", "By satellite")),
        Field("satellites", Text("ดาวเทียมที่ใช้เทียบ", "Satellites compared")),
        Field(
            "compared",
            Text("จุดความร้อนที่ใช้เทียบ", "Hotspots compared"),
            description=Text("ว่างเมื่อไม่เทียบ", "Empty where not compared"),
        ),
        Field("compared_this", Text("ของฤดูที่นำมาเทียบ", "Of the season it is compared with")),
        Field(
            "change_pct",
            Text("ฤดูนี้ต่างจากฤดูนั้น", "This season against it"),
            "%",
            Text(
                "ในแถวของฤดูนี้เองคือเทียบกับค่าเฉลี่ยของฤดูก่อนที่เทียบได้ ว่างเมื่อฐานต่ำกว่า 20 จุด",
                "In this season's own row against the mean of the earlier ones that are compared;"
                " empty of a base below 20",
            ),
            decimals=0,
        ),
        Field(
            "change_low_pct",
            Text("ช่วงเชื่อมั่นร้อยละ 95 ค่าต่ำ", "95 % interval, low"),
            "%",
            Text(
                "จากความต่างระหว่างสัปดาห์ ไม่รวมไฟที่ดาวเทียมไม่เห็น",
                "Of how much weeks differ; what no satellite saw is not in it",
            ),
            decimals=0,
        ),
        Field(
            "change_high_pct", Text("ช่วงเชื่อมั่นร้อยละ 95 ค่าสูง", "95 % interval, high"), "%", decimals=0
        ),
        Field(
            "abstained",
            Text("ไม่เทียบหรือไม่มีช่วงเพราะ", "Not compared, or no interval, for"),
            values={
                "this_season": Text(
                    "เป็นฤดูนี้ และไม่มีฤดูก่อนให้เทียบ", "it is this season, and no earlier one is compared"
                ),
                "partial": Text("ข้อมูลไม่ครบช่วง", "its days are not all known"),
                "other_satellites": Text("ดาวเทียมต่างชุด", "other satellites were there"),
                "few": Text("ฐานต่ำกว่า 20 จุด", "the base is below 20"),
                "few_weeks": Text("น้อยกว่าสี่สัปดาห์", "there are fewer than four weeks"),
            },
        ),
        *MADE_FIELDS,
        source_field(season_comparison=Text("คำนวณในระบบ", "Computed here")),
    ),
    tiling=Tiling(
        fields=("season", "area_code", "land_use", "detections", "compared", "change_pct")
    ),
)
