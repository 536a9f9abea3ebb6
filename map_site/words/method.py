"""The methods that join the layers: what each does, and what it cannot. Amounts are filled in from
the code that reckons with them, and formulas stand beside the words."""

from layers.model import Text

WORDS = {
    "checks": Text("ตรวจสอบสดบนเครื่องนี้", "Checked live on this server"),
    "checks_passed": Text(
        "ผ่าน {passed} จาก {all} ข้อ คำนวณเมื่อ {at} ด้วยโปรแกรมรุ่น {program}",
        "{passed} of {all} checks passed, computed {at} by the program {program}",
    ),
    "checks_failed": Text(
        "คำนวณการตรวจสอบบนเครื่องนี้ไม่ได้ ({reason}) ไม่ได้แปลว่าผ่าน",
        "The checks could not be computed on this server ({reason}); that is no pass",
    ),
    "checks_note": Text(
        "แต่ละวิธีต้องให้ค่าที่ตีพิมพ์ไว้ หรือค่าที่สูตรบังคับ"
        " ตารางใต้แต่ละวิธีแสดงค่าที่เครื่องนี้คำนวณได้จริง"
        " ครั้งเดียวต่อโปรแกรมหนึ่งรุ่น ข้อที่ไม่ผ่านแสดงไว้ ไม่ซ่อน",
        "Each method must give what was published, or what its formula demands. The table under"
        " each"
        " shows what this server computed, once for a version of the program. What fails is shown.",
    ),
    "checks_json": Text("อ่านด้วยโปรแกรม", "For programs"),
    "what": Text("สิ่งที่ตรวจ", "What is checked"),
    "expected": Text("ต้องได้", "Must be"),
    "got": Text("ได้จริง", "Is"),
    "result": Text("ผล", "Result"),
    "source": Text("ที่มา", "By"),
    "pass": Text("ผ่าน", "Pass"),
    "fail": Text("ไม่ผ่าน", "Fail"),
    "holds": Text("จริง", "true"),
    "holds_not": Text("ไม่จริง", "false"),
    "other_checks": Text("วิธีอื่นที่ตรวจสอบ", "Other methods that are checked"),
    "indices": Text("ดัชนีของสองประเทศ และ NowCast", "The indices of two countries, and NowCast"),
    "indices_1": Text(
        "ดัชนีทุกตัวมีชื่อกำกับเสมอ เพราะอากาศเดียวกันได้เลขต่างกันในแต่ละประเทศ"
        " และในไทยก่อนกับหลังประกาศ"
        " ค่าระหว่างปลายระดับได้จากเส้นตรง ดัชนีรวมคือค่าสูงสุดของสารทุกตัว"
        " และไม่นำดัชนีของคนละตารางมารวมกัน",
        "An index always has its name beside it: the same air has other numbers in other countries,"
        " and in Thailand before and after the notice. Between the ends of a class it is a straight"
        " line; of several pollutants the highest counts, and never of two tables at once.",
    ),
    "indices_2": Text(
        "ประกาศไทยไม่มีสูตรเหนือระดับสุดท้าย จึงบอกเพียงว่ามากกว่า ส่วน NowCast เป็นของสหรัฐ"
        " ให้น้ำหนักชั่วโมงใหม่มากกว่าเมื่อฝุ่นเปลี่ยนเร็ว และไม่ตอบเมื่อชั่วโมงล่าสุดขาดไป"
        " หน้าเว็บใช้ดัชนีไทยเท่านั้น",
        "The Thai notice has no formula above its last class: there it is only told that it is"
        " more."
        " The NowCast is of the United States; it weighs new hours more while dust changes, and"
        " tells nothing without the latest ones. The pages use the Thai index alone.",
    ),
    "indices_by": Text(
        "กรมควบคุมมลพิษ ประกาศดัชนีคุณภาพอากาศ; US EPA, Technical Assistance Document; AirNow",
        "Pollution Control Department, notice of the index; US EPA, Technical Assistance Document;"
        " AirNow",
    ),
    "wind_between": Text("ลมที่จุดซึ่งไม่มีสถานี", "Wind at a place without a station"),
    "wind_between_1": Text(
        "ลมเป็นเวกเตอร์: เฉลี่ยส่วนตะวันออกกับส่วนเหนือ ไม่เฉลี่ยองศา สถานีที่อยู่ภายใน {alone} กม."
        " ใช้ค่านั้นเลย ไกลกว่านั้นถ่วงน้ำหนักผกผันกับระยะทางยกกำลังสองจากทุกสถานีภายใน {reach} กม."
        " ค่าที่เก่าเกิน {age} ชั่วโมงไม่ใช้ เครื่องวัดที่ค้างถูกแยกออกก่อน",
        "Wind is a vector: its eastward and northward parts are averaged, never degrees. A station"
        " within {alone} km speaks alone; else all within {reach} km do, by inverse squared"
        " distance."
        " Readings older than {age} hours and instruments that are stuck are left out.",
    ),
    "wind_between_2": Text(
        "ลมสงบ (ต่ำกว่า {calm} ม./วินาที) ตัดสินจากความเร็วที่สถานีวัด"
        " เพราะค่าเฉลี่ยของเวกเตอร์สั้นลงเสมอ"
        " ในลมสงบไม่มีทิศ จึงไม่ตอบ ข้อจำกัด: ที่สูง หุบเขา และลมทะเลระหว่างสถานีไม่ปรากฏ",
        "Calm, below {calm} m/s, is judged by the speeds that stations measured, since a mean of"
        " vectors is always shorter. In a calm there is no direction and nothing is said. Limits:"
        " hills, valleys and sea breezes between stations are not seen.",
    ),
    "wind_between_by": Text("ECMWF; openair; WMO", "ECMWF; openair; WMO"),
    "trajectory": Text("ทางที่อากาศผ่านมา", "The way that the air came"),
    "trajectory_1": Text(
        "เดินย้อนทีละชั่วโมงในลมของสถานีภายใน {reach} กม. ด้วยลมที่กึ่งกลางของแต่ละก้าว เดินหลายทาง"
        " ({members} ทาง) แต่ละทางคลาดเคลื่อนเท่าที่สถานีคลาดเคลื่อนเมื่อทายจากสถานีอื่น"
        " และคงอยู่นานเท่ากัน"
        " ทางที่เร็วที่สุดเร็วเป็น {fastest} เท่า เพราะควันลอยสูงกว่าเครื่องวัดซึ่งลมแรงกว่า",
        "Hour by hour backwards through the wind of stations within {reach} km, each step by the"
        " wind"
        " half way along it; in {members} ways, which err as stations do when they are told by the"
        " others, and as persistently. The fastest goes {fastest} times as fast, since smoke"
        " travels"
        " higher than an anemometer, where it blows harder.",
    ),
    "trajectory_2": Text(
        "ข้อจำกัด: เป็นลมผิวพื้นในแนวราบ ไม่มีการลอยขึ้นหรือภูเขา ในระยะไกลบอกได้เพียงทิศคร่าว ๆ"
        " ไกลเกินสถานีไม่ลากต่อ และไม่พิสูจน์ว่าควันมาถึง",
        "Limits: a surface wind over flat land, without rising air or mountains. Far off it is a"
        " rough"
        " direction; beyond the stations no way is drawn, and none proves that smoke arrived.",
    ),
    "fires_on_the_way": Text("ไฟตามทางที่อากาศผ่านมา", "Fires along the air's way"),
    "fires_on_the_way_1": Text(
        "ทุกวันที่สถานีเกินมาตรฐาน ย้อนทางอากาศ {back} ชั่วโมง นับจุดความร้อนภายใน {within} กม."
        " และ {hours}"
        " ชั่วโมงรอบอากาศ แล้วนำทางเดิมไปวางบนไฟของ {days} วันอื่นในเวลาเดียวกัน ห่าง {nearest} ถึง"
        " {farthest} วัน ถ้าฤดูนั้นเผาทั่วไป วันอื่นก็พบไฟเท่ากัน ค่า p ต่ำกว่า {alpha}"
        " จึงเรียกว่าพบไฟมากกว่าวันอื่น",
        "Of each day above the standard the air is followed back {back} hours, and hotspots within"
        " {within} km and {hours} hours of it are counted. The same ways are laid through the fires"
        " of {days} other days at the same hours, {nearest} to {farthest} days off: where the"
        " season"
        " burns everywhere these meet as many. At p up to {alpha} we say: more fires than on other"
        " days.",
    ),
    "fires_on_the_way_2": Text(
        "เป็นความสัมพันธ์ ไม่ใช่สาเหตุ ไม่ตอบเมื่อลมสงบ ไม่มีลม หรือรู้ทางน้อยกว่า {least} ชั่วโมง"
        " พร้อมบอกเหตุผล จากการทดสอบหลายวัน บางวันจะเกินโดยบังเอิญเท่าที่ p บอก"
        " และวันล่าสุดเทียบกับวันก่อนหน้าเท่านั้น จึงเป็นผลชั่วคราว",
        "An association, no cause. In a calm, without wind, or where less than {least} hours of the"
        " way are known, nothing is said, and why. Of many days some exceed by chance, as p says;"
        " the"
        " newest days are compared with earlier ones alone and are provisional.",
    ),
    "fires_on_the_way_by": Text(
        "Phipson และ Smyth, Permutation p-values should never be zero",
        "Phipson and Smyth, Permutation p-values should never be zero",
    ),
    "plume": Text("พลูมแบบเกาส์", "The Gaussian plume"),
    "plume_1": Text(
        "ควันจากแหล่งเดียวในลมคงที่ แผ่เป็นรูประฆังทั้งแนวขวางและแนวดิ่ง พื้นดินสะท้อนกลับ"
        " ความกว้างตามสูตรของ"
        " Briggs แยกชนบทกับเมือง ใช้แสดงภาพและคัดกรองเท่านั้น",
        "What one source emits into a steady wind, a bell across and upwards, mirrored at the"
        " ground."
        " Its widths are those of Briggs, rural or urban. For display and screening alone.",
    ),
    "plume_2": Text(
        "ข้อจำกัด: ใช้ได้ใต้ลม {nearest} ถึง {farthest} กม. บนพื้นราบ ไม่มีลมสงบ อาคาร ภูเขา"
        " หรือเพดานของชั้นผสม นอกช่วงนี้ไม่ตอบ ภาพของพลูมไม่ใช่หลักฐานว่าใครเป็นต้นเหตุ",
        "Limits: {nearest} to {farthest} km downwind over flat land, without calms, buildings,"
        " hills"
        " or a lid of the mixing layer; beyond nothing is told. A picture of a plume is no evidence"
        " of who caused a smell.",
    ),
    "plume_by": Text(
        "Briggs, NOAA ATDL; Turner; Boubel และคณะ, Fundamentals of Air Pollution",
        "Briggs, NOAA ATDL; Turner; Boubel et al., Fundamentals of Air Pollution",
    ),
    "spatial_stats": Text("ค่าเกาะกลุ่มกันหรือไม่ และที่ใด", "Whether and where values cluster"),
    "spatial_stats_1": Text(
        "Moran's I บอกว่าพื้นที่ข้างกันมีค่าคล้ายกันกว่าที่จะเป็นโดยบังเอิญหรือไม่ Gi*"
        " บอกว่าที่ใดสูงหรือต่ำพร้อมเพื่อนบ้าน"
        " จากการทดสอบหลายพื้นที่ เชื่อเท่าที่สัดส่วนผลลวงไม่เกินที่กำหนด คำนวณด้วย esda และ"
        " libpysal",
        "Moran's I tells whether neighbours are more alike than by chance, Gi* where a place and"
        " its"
        " neighbours are high or low together. Of many places as many are believed as keep the"
        " expected share of false ones below a limit. Computed by esda and libpysal.",
    ),
    "spatial_stats_2": Text(
        "ถ้าค่าเท่ากันทุกที่ สถิติไม่นิยาม และบอกเช่นนั้น ไม่ใช่ศูนย์ น้อยกว่า {least}"
        " พื้นที่ไม่คำนวณ"
        " ผลขึ้นกับว่าใครนับเป็นเพื่อนบ้าน และการเกาะกลุ่มไม่ใช่สาเหตุ",
        "Where all values are equal the statistic is undefined and says so; it is not zero. Of"
        " fewer"
        " than {least} places nothing is computed. What is found depends on who counts as a"
        " neighbour, and clustering is no cause.",
    ),
    "spatial_stats_by": Text(
        "Moran; Ord และ Getis; Benjamini และ Hochberg; PySAL",
        "Moran; Ord and Getis; Benjamini and Hochberg; PySAL",
    ),
}
