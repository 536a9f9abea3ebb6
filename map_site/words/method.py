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
    "geodesics": Text("ระยะทางบนโลก", "Distances on the earth"),
    "geodesics_1": Text(
        "ระยะทาง ทิศ และพื้นที่คำนวณบนทรงรี WGS ไม่ใช่ทรงกลม"
        " สูตรทรงกลมให้ระยะเหนือใต้ในไทยยาวเกินไปราวครึ่งในร้อย"
        " ซึ่งพอจะเปลี่ยนว่าใครอยู่ในรัศมี",
        "Distances, bearings and areas are of the ellipsoid, not of a sphere, which makes them up"
        " to"
        " half a percent too long from north to south in Thailand: enough to change who lies"
        " within a"
        " radius.",
    ),
    "geodesics_by": Text(
        "Karney, GeographicLib; PROJ; PostGIS", "Karney, GeographicLib; PROJ; PostGIS"
    ),
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
    "fire_events": Text("จากจุดความร้อนเป็นเหตุไฟ", "From hotspots to fires"),
    "fire_events_1": Text(
        "จุดความร้อนของดาวเทียมทุกดวงที่ห่างกันไม่เกิน {metres} ม. และ {days} วัน"
        " ต่อกันเป็นเหตุเดียว"
        " ลำดับที่ข้อมูลมาถึงไม่เปลี่ยนผล จุดภาพวาดเป็นสี่เหลี่ยมตามขนาดที่ดาวเทียมเห็นจริง"
        " ไม่ใช่จุด",
        "Hotspots of all satellites within {metres} m and {days} days of each other are joined into"
        " one fire; the order in which they arrive changes nothing. A pixel is drawn as the"
        " rectangle"
        " that the satellite saw, not as a dot.",
    ),
    "fire_events_2": Text(
        "ข้อจำกัด: ไฟสองกองที่อยู่ใกล้กันจะเป็นเหตุเดียว ไฟที่ดับแล้วติดใหม่ภายในเวลานั้นก็เช่นกัน",
        "Limits: two fires side by side are one, and so is one that went out and came back in"
        " time.",
    ),
    "fire_events_by": Text(
        "Birant และ Kut, ST-DBSCAN; Chen และคณะ (FEDS); scikit-learn",
        "Birant and Kut, ST-DBSCAN; Chen et al. (FEDS); scikit-learn",
    ),
    "standing_heat": Text("ความร้อนประจำที่ ไม่ใช่ไฟ", "Standing heat is no fire"),
    "standing_heat_1": Text(
        "ที่ใดร้อนอย่างน้อย {days} วัน ในอย่างน้อย {months} เดือนของปี และไม่กระจุกใน {season}"
        " เดือนติดกัน"
        " ห่างโรงงานไม่เกิน {works} กม. เรียกว่าความร้อนจากโรงงาน"
        " ไม่มีโรงงานใกล้เรียกว่าไม่แน่ชัด ที่เหลือคือพืช"
        " ไม่มีจุดใดถูกลบ ทุกตัวนับบอกว่ารวมหรือไม่รวม",
        "What is hot on {days} days or more, in {months} months of the year or more and not within"
        " {season} months in a row, within {works} km of a works is a works' heat; without any"
        " near it"
        " is uncertain; the rest is vegetation. Nothing is deleted: every count says what it"
        " holds.",
    ),
    "standing_heat_2": Text(
        "ข้อจำกัด: เกณฑ์เป็นของเราเอง ต้องมีข้อมูลอย่างน้อยหนึ่งปี ไร่ที่ติดโรงงานจึงไม่แน่ชัด",
        "Limits: the thresholds are ours; a year of record is needed; fields beside a works stay"
        " uncertain.",
    ),
    "mill_shares": Text("ไฟในไร่อ้อยเป็นของเขตโรงงานใด", "Whose zone a cane fire is of"),
    "mill_shares_1": Text(
        "ไม่มีใครเผยแพร่ว่าโรงงานซื้ออ้อยจากที่ใด ไฟในระยะของหลายโรงงานจึงแบ่งเป็นส่วน"
        " ลดลงตามระยะทาง รวมกันเป็นหนึ่ง"
        " ไฟนอกระยะทุกโรงงานไม่ถูกแบ่ง ส่วนแบ่งไม่ใช่ข้อพิสูจน์ว่าใครซื้อหรือใครเผา",
        "Nobody publishes from where a mill buys. A fire within reach of several is shared among"
        " them"
        " by distance, the shares summing to one; beyond all reach it is of none. A share is no"
        " finding about who bought or burned.",
    ),
    "seasons_compared": Text("เทียบฤดูกับฤดู", "Season against season"),
    "seasons_compared_1": Text(
        "ฤดูนี้ถึงวันนี้เทียบกับวันเดียวกันของฤดูก่อน นับเฉพาะดาวเทียมที่มีอยู่ทุกฤดู"
        " (เงียบไม่เกิน {gap} วัน)"
        " เพราะดาวเทียมเพิ่มดวงทำให้จุดเพิ่มโดยไม่มีไฟเพิ่ม วันอธิกสุรทินตัดออก",
        "This season to date against the same days of earlier ones, by satellites that were there"
        " in"
        " all of them (silent for {gap} days at most): one satellite more counts more hotspots of"
        " no"
        " more fires. Leap days are left out.",
    ),
    "burned_land": Text("พื้นที่ที่ไหม้จากภาพสองวัน", "Burned land from two images"),
    "burned_land_1": Text(
        "เทียบภาพก่อนกับหลัง ห่างกันไม่เกิน {days} วัน ที่ใดดัชนีเผาไหม้ลดลงอย่างน้อย {from_fall}"
        " ถือว่าไหม้ เมฆและจุดที่ไม่มีค่าไม่ถูกนับว่าไหม้หรือไม่ไหม้",
        "An image before and one after, {days} days apart at most: where the burn ratio fell by"
        " {from_fall} or more it burned. Clouds and cells without a value count as neither.",
    ),
    "burned_land_2": Text(
        "ข้อจำกัด: ไร่ที่เก็บเกี่ยวหรือไถก็ทำให้ดัชนีลดลง และรอยไหม้ของพืชไร่จางในไม่กี่วัน",
        "Limits: harvest and ploughing lower the ratio, too; scars of crops fade within days.",
    ),
    "burned_land_by": Text("Key และ Benson, FIREMON", "Key and Benson, FIREMON"),
    "areas_of_rasters": Text("ค่าระหว่างสถานี และค่าเฉลี่ยของพื้นที่", "Between stations, and over areas"),
    "areas_of_rasters_1": Text(
        "ระหว่างสถานีใช้คริกิง ซึ่งให้ค่าพร้อมแถบความไม่แน่นอน ทดสอบโดยทายแต่ละสถานีจากสถานีอื่น"
        " ค่าเฉลี่ยของพื้นที่นับแต่ละช่องตามส่วนที่อยู่ในพื้นที่ ส่วนที่ไม่มีค่าไม่ถูกเดา"
        " และบอกว่าครอบคลุมเท่าใด",
        "Between stations it is kriging, which tells a value with its band, checked by telling each"
        " station from the others. In the mean of an area each cell counts by its part within; what"
        " has no value is not guessed, and the coverage is told.",
    ),
    "areas_of_rasters_2": Text(
        "ข้อจำกัด: ไกลสถานีแถบกว้างจนไม่บอกค่า ภูเขาและแหล่งเฉพาะที่ระหว่างสถานีไม่ปรากฏ",
        "Limits: far from stations the band grows until nothing is told; hills and local sources"
        " between stations are not seen.",
    ),
    "areas_of_rasters_by": Text(
        "Matheron; Dubrule; scikit-learn; exactextract",
        "Matheron; Dubrule; scikit-learn; exactextract",
    ),
    "directions_of_high_hours": Text(
        "ลมมาจากทิศใดเมื่อค่าสูง", "Where the wind is from when it is high"
    ),
    "directions_of_high_hours_1": Text(
        "แบ่งทิศเป็น {sectors} ส่วน นับว่าในแต่ละทิศมีกี่ชั่วโมงที่ค่าสูงกว่าเปอร์เซ็นไทล์ที่"
        " {percentile}"
        " ของทั้งชุด จากทุกชั่วโมงของทิศนั้น พร้อมช่วงความเชื่อมั่น ลมต่ำกว่า {calm}"
        " ม./วินาทีไม่นับ",
        "In {sectors} sectors: of the hours with wind from there, how many are above the percentile"
        " {percentile} of all, with an interval. Winds below {calm} m/s do not count.",
    ),
    "directions_of_high_hours_2": Text(
        "ข้อจำกัด: บอกทิศ ไม่บอกระยะหรือสาเหตุ ทิศที่ลมพัดน้อยมีช่วงกว้าง",
        "Limits: it tells a direction, neither distance nor cause; rare winds have wide intervals.",
    ),
    "directions_of_high_hours_by": Text(
        "Ashbaugh และคณะ; Uria-Tellaetxe และ Carslaw; Wilson",
        "Ashbaugh et al.; Uria-Tellaetxe and Carslaw; Wilson",
    ),
    "who_may_cause": Text("ข้อร้องเรียนอาจมาจากโรงงานใด", "Which factory a complaint may be of"),
    "who_may_cause_1": Text(
        "สำหรับเจ้าหน้าที่เท่านั้น หน้าสาธารณะไม่เอ่ยชื่อโรงงานจากแบบจำลอง"
        " โรงงานเหนือลมได้ส่วนแบ่งตามทิศและระยะ"
        ' พร้อมส่วนของ "ไม่ใช่โรงงานเหล่านี้" ซึ่งประมาณจากความต่างระหว่างทิศจริงกับทิศสุ่ม'
        " คำตอบรวมใช้ข้อร้องเรียนวันอื่นช่วย โดยไม่ใช้คำตอบของตนเอง",
        "For staff alone: no public page names a factory on a model's word. Factories upwind get"
        ' shares by direction and distance, beside "none of these", which is told from how actual'
        " directions differ from uniform ones. Pooled, complaints of other days help, and none"
        " lends"
        " weight to its own answer.",
    ),
    "who_may_cause_2": Text(
        "ไม่ตอบเมื่อลมต่ำกว่า {calm} ม./วินาที ลมเก่าเกิน {age} ชั่วโมง หรือสถานีไกลเกิน {reach}"
        " กม."
        " ข้อจำกัด: โรงงานที่อยู่แนวเดียวกันแยกไม่ออก ส่วนแบ่งเป็นการคัดกรอง ไม่ใช่หลักฐาน",
        "In winds below {calm} m/s, older than {age} hours or from beyond {reach} km it does not"
        " answer."
        " Limits: factories in one line are not told apart; a share is a screening and no"
        " evidence.",
    ),
    "curves": Text("ใช้ไม่ได้เมื่อใด", "Where it stops working"),
    "curves_note": Text(
        "ในโลกจำลองที่รู้ความจริง เปลี่ยนทีละอย่าง ร้อยละของข้อร้องเรียนที่โรงงานต้นเหตุจริงอยู่อันดับแรก",
        "In simulated worlds of which the truth is known, one thing is varied at a time: of what"
        " factories caused, percent with the true one first.",
    ),
    "curves_world": Text(
        "โลกจำลองขนาด {scale} จากเมล็ดสุ่ม {seed} จนถึง {until}: โรงงานที่เปิดดำเนินการ {factories} แห่ง"
        " ข้อร้องเรียน {complaints} เรื่อง สถานีวัดลม {stations} แห่ง",
        "The simulated world of scale {scale} and seed {seed}, until {until}: {factories} factories"
        " that operate, {complaints} complaints, {stations} wind stations.",
    ),
    "curves_made": Text(
        "คำนวณเมื่อ {at} ด้วย Python {python}, NumPy {numpy} และวิธีที่มีลายนิ้วมือ {code}",
        "Computed {at} with Python {python}, NumPy {numpy} and the method whose fingerprint is"
        " {code}.",
    ),
    "curves_code_same": Text("ซึ่งเป็นวิธีที่ใช้อยู่", "It is the one in use."),
    "curves_code_other": Text("วิธีที่ใช้อยู่เปลี่ยนไปแล้วหลังจากนั้น", "The one in use has changed since."),
    "curve_wind_noise_deg": Text("ทิศลมคลาดเคลื่อน (องศา)", "Error of the wind's direction (degrees)"),
    "curve_station_share": Text("ส่วนของสถานีลมที่เหลือ", "Share of wind stations left"),
    "curve_factory_density": Text("โรงงานหนาแน่นเป็นกี่เท่า", "Factories so many times as dense"),
    "curve_caused_share": Text(
        "ส่วนของข้อร้องเรียนที่โรงงานก่อ", "Share of complaints that factories caused"
    ),
    "curve_before": Text("ไม่ใช้ลม", "without wind"),
    "curve_single": Text("เรื่องเดียว", "single"),
    "curve_pooled": Text("รวมวันอื่น", "pooled"),
    "curve_none": Text("ไม่ใช่โรงงานเหล่านี้ (รวม)", "none of these (pooled)"),
    "curve_abstained": Text("ไม่ตอบ", "not answered"),
    "where_it_comes_from": Text("กลิ่นมาจากบริเวณใด", "Where a smell comes from"),
    "where_it_comes_from_1": Text(
        "จากข้อร้องเรียนหลายแห่ง: ถ้าแหล่งอยู่ที่จุดหนึ่ง"
        " คนจะร้องเรียนเมื่อลมพัดจากจุดนั้นบ่อยกว่าลมของชั่วโมงเดียวกันในวันอื่น"
        " แผนที่แสดงว่าจุดใดอธิบายได้ดีกว่า โดยไม่ขึ้นกับว่ามีคนอยู่เท่าใดหรือตื่นเมื่อใด",
        "Of complaints at several places: if the source is at a spot, people complain when the"
        " wind is"
        " from there oftener than winds of the same hour on other days are. The map shows how much"
        " better each spot explains that, however many live there and whenever they are awake.",
    ),
    "where_it_comes_from_2": Text(
        "ข้อจำกัด: มักเป็นสันยาว ไม่ใช่จุด จึงแสดงเป็นสัน ต้องมีแหล่งหลักแหล่งเดียว เป็นการคัดกรองว่าควรไปดูที่ใด",
        "Limits: it is mostly a ridge and no point, and shown as one; one source must dominate."
        " It is"
        " a screening that says where to look.",
    ),
    "where_it_comes_from_by": Text("Maclure, case-crossover", "Maclure, the case-crossover design"),
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
        " libpysal กับ scipy",
        "Moran's I tells whether neighbours are more alike than by chance, Gi* where a place and"
        " its"
        " neighbours are high or low together. Of many places as many are believed as keep the"
        " expected share of false ones below a limit. Computed by esda, libpysal and scipy.",
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
