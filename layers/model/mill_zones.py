"""What layers of fires by zones of sugar mills say alike, by season, fortnight and day."""

from layers.model.layer import MADE_FIELDS, Field, Text, Trust, source_field

DESCRIPTION = Text(
    "ไฟบนที่ดินอ้อยแบ่งตามระยะทางให้เขตของโรงงานใกล้เคียง เป็นค่าประมาณแทน ไม่ได้บอกว่าใครเผา"
    " อ้อยไร่นั้นส่งโรงงานใด หรือโรงงานใดรับซื้อ ระยะรับซื้อจริงไม่มีผู้เผยแพร่ ดาวเทียมไม่เห็นไฟระหว่างรอบโคจร"
    " โรงงานที่ไม่ได้แจ้งคือไม่ได้แจ้ง ไม่ใช่ศูนย์",
    "Fires on cane land, shared by distance among the zones of the mills around: a proxy. It does"
    " not say who burned, to which mill the cane of a field went, or which mill bought it; from how"
    " far a mill buys nobody publishes. What burns between passes of satellites is not seen. A mill"
    " that did not declare did not declare, which is not 0.",
)
_FIRES = (
    Field(
        "fires",
        Text("ไฟในเขต", "Fires of the zone"),
        description=Text(
            "ผลรวมสัดส่วนของเหตุการณ์ไฟบนที่ดินอ้อย นับวันละครั้งไม่ว่าดาวเทียมกี่ดวงเห็น"
            " จุดที่ไม่อยู่ในเหตุการณ์ใดนับตามช่องขนาด 0.01 องศา (ราว 1 กม.)"
            " ว่างเมื่อไม่ทราบที่ตั้งโรงงาน หรือไม่มีข้อมูลดาวเทียมตั้งแต่ต้นช่วง",
            "The sum of shares of fire events on cane land, each once a day however many satellites"
            " saw it; what is in no event counts by squares of 0.01° (about 1 km); empty where"
            " the mill's place is unknown, or detections are not known from the period's beginning"
            " on",
        ),
        decimals=1,
    ),
    Field(
        "fires_low",
        Text("ไฟในเขต ค่าต่ำ", "Fires of the zone, low"),
        description=Text(
            "ขอบล่างร้อยละ 95 ถ้าไฟแต่ละจุดเป็นของเขตเดียวด้วยโอกาสเท่าสัดส่วน ไม่รวมความไม่แน่นอนของระยะรับซื้อ",
            "Lower bound of 95 % if each fire is of one zone alone, with the chance of its share;"
            " that the reach is a guess is not in it",
        ),
        decimals=1,
    ),
    Field("fires_high", Text("ไฟในเขต ค่าสูง", "Fires of the zone, high"), decimals=1),
    Field(
        "fires_nearest",
        Text("ไฟที่ใกล้โรงงานนี้ที่สุด", "Fires nearest to this mill"),
        description=Text(
            "ถ้าไฟทุกจุดเป็นของโรงงานที่ใกล้ที่สุดโรงงานเดียว", "If each fire were of the nearest mill alone"
        ),
        decimals=1,
    ),
    Field("fire_days", Text("จำนวนวันที่พบไฟ", "Days with a fire")),
)
_DECLARED = (
    Field(
        "declared",
        Text("การแจ้งปริมาณอ้อย", "What the mill declared"),
        values={
            "declared": Text("แจ้งครบช่วง", "Declared"),
            "partly": Text("แจ้งบางวัน", "Declared in part"),
            "not_declared": Text("ไม่ได้แจ้ง", "Not declared"),
        },
    ),
    Field("declared_days", Text("จำนวนวันที่แจ้ง", "Days declared")),
    Field("fresh_t", Text("อ้อยสดที่แจ้ง", "Fresh cane declared"), "t", decimals=0),
    Field("burnt_t", Text("อ้อยไฟไหม้ที่แจ้ง", "Burnt cane declared"), "t", decimals=0),
    Field(
        "burnt_pct",
        Text("สัดส่วนอ้อยไฟไหม้ที่แจ้ง", "Share of burnt cane declared"),
        "%",
        Text(
            "คำนวณจากตัน ไม่ใช่จากร้อยละสะสม ว่างเมื่อไม่ได้แจ้ง",
            "Of tonnes, never of cumulative shares; empty where not declared",
        ),
        decimals=1,
    ),
    Field(
        "burnt_pct_told",
        Text("สัดส่วนสะสมที่แจ้งโดยไม่มีตัน", "Share told without tonnes"),
        "%",
        decimals=1,
    ),
)
_LIMITS = (
    Field(
        "daily_cap_pct",
        Text("เพดานรายวันของฤดู", "Daily limit of the season"),
        "%",
        Text("ว่างเมื่อไม่พบ ไม่ใช่ศูนย์", "Empty where not found, which is not 0"),
        decimals=1,
    ),
    Field("season_cap_pct", Text("เพดานทั้งฤดู", "Limit of the season"), "%", decimals=1),
    Field("days_told", Text("จำนวนวันที่แจ้งเป็นรายวัน", "Days declared by the day")),
    Field(
        "days_above_cap",
        Text("วันที่แจ้งเกินเพดานรายวัน", "Days declared above the daily limit"),
        description=Text(
            "นับจากวันที่แจ้งเป็นรายวันเท่านั้น", "Of the days that were declared by the day alone"
        ),
    ),
)
_MADE = (
    Field(
        "zone_basis",
        Text("เขตได้จาก", "The zone is"),
        values={
            "shares": Text("สัดส่วนตามระยะทาง (ค่าประมาณแทน)", "by shares of distance (a proxy)"),
            "declared": Text("ที่แจ้งไว้", "as declared"),
        },
    ),
    Field(
        "abstained",
        Text("ไม่เทียบกับโรงงานอื่นเพราะ", "Not compared with others for"),
        values={
            "place_unknown": Text("ไม่ทราบที่ตั้ง", "its place is unknown"),
            "not_observed": Text("ไม่มีข้อมูลดาวเทียม", "detections are not known"),
            "not_declared": Text("ไม่ได้แจ้ง", "it did not declare"),
            "contradictory": Text("ที่แจ้งขัดแย้งกันเอง", "what it declared contradicts itself"),
            "partly_declared": Text("แจ้งไม่ถึงครึ่งช่วง", "it declared less than half"),
            "nothing_burnt": Text("ไม่มีโรงงานใดแจ้งอ้อยไฟไหม้", "no mill declared burnt cane"),
        },
    ),
    *MADE_FIELDS,
    source_field(mill_burning=Text("คำนวณในระบบ", "Computed here")),
)
FIELDS = (
    Field(
        "mill",
        Text("เลขโรงงาน", "Mill"),
        description=Text(
            "เลข 14 หลักตามราชกิจจานุเบกษา หรือเลขในทะเบียน",
            "Its 14 digits as in the Gazette, or its number in the register",
        ),
    ),
    Field("factory_id", Text("รหัสในทะเบียน", "Id in the register")),
    Field("name", Text("ชื่อ", "Name")),
    Field("province_code", Text("รหัสจังหวัด", "Province code")),
    Field(
        "location",
        Text("ที่ตั้ง", "Place"),
        values={
            "known": Text("ทราบ", "known"),
            "unknown": Text("ไม่ทราบที่ตั้ง", "place unknown"),
        },
    ),
    Field("season", Text("ฤดูที่เริ่มในปี (ค.ศ.)", "Season that begins in the year (CE)"), kind="year"),
    Field("first_day", Text("ตั้งแต่วันที่", "First day")),
    Field("last_day", Text("ถึงวันที่", "Last day")),
    Field(
        "end_known_by",
        Text("วันสุดท้ายของฤดูได้จาก", "The season's last day is of"),
        values={
            "closing": Text("วันปิดหีบ", "its closing"),
            "intake": Text("วันที่แจ้งล่าสุด", "the last day declared"),
            "longest": Text("ฤดูที่ยาวที่สุดที่ทราบ", "the longest season known"),
            "now": Text("วันล่าสุดที่มีข้อมูล", "the newest day there is"),
        },
    ),
    *_FIRES,
    *_DECLARED,
    *_LIMITS,
    *_MADE,
)
TRUST = Trust(
    uncertainty=("fires_low", "fires_high"), estimates=("fires",), abstained=("abstained",)
)
LICENCE = (
    "NASA FIRMS: free to use with acknowledgement; GISTDA and intake: as their providers state"
)
ATTRIBUTION = "NASA FIRMS/LANCE; GISTDA; สอน. / OCSB; กรมโรงงานอุตสาหกรรม (กรอ.) / DIW"
