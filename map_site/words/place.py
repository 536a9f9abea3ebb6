"""Provinces, districts, eco-towns and factories."""

from layers.model import Text

WORDS = {
    "where": Text("ตำแหน่งในเว็บ", "Where you are"),
    "thailand": Text("ประเทศไทย", "Thailand"),
    "factory": Text("โรงงาน", "Factory"),
    "province": Text("จังหวัด", "Province"),
    "district": Text("อำเภอ", "District"),
    "eco_town": Text("นิคมและเมืองอุตสาหกรรมเชิงนิเวศ", "Estate or eco-industrial town"),
    "provinces": Text("จังหวัด", "Provinces"),
    "districts": Text("อำเภอ", "Districts"),
    "eco_towns": Text("นิคมและเมืองอุตสาหกรรมเชิงนิเวศ", "Estates and eco-industrial towns"),
    "factories": Text("โรงงาน", "Factories"),
    "town_levels": Text("ระดับเมืองอุตสาหกรรมเชิงนิเวศ", "Level as an eco-industrial town"),
    "town_level_note": Text(
        "ผลการประเมินตามที่ได้รับ เป็นข้อมูลชี้นำ ไม่ใช่การรับรอง",
        "As the assessments were received: indicative, not a certification",
    ),
    "town_not_assessed": Text("ยังไม่ได้รับผลการประเมิน", "No assessment was received"),
    "town_target": Text(
        "เป้าหมายระดับ {level} ภายในสิ้นปี {year}", "Target: level {level} by the end of {year}"
    ),
    "town_no_target": Text("ไม่ได้ระบุเป้าหมาย", "No target is stated"),
    "town_extent": Text("ขอบเขต", "Extent"),
    "town_notice": Text("ประกาศ", "Notice"),
    "year_of": Text("ปี", "Year"),
    "estate_note": Text(
        "นิคมอุตสาหกรรมซึ่งทราบเพียงจุดเดียว ตัวเลขนับในรัศมี 5 กม. และไม่มีระดับเมือง",
        "An industrial estate, known by a point: numbers are of 5 km around it, and it has no level"
        " as a town",
    ),
    "subdistricts": Text("ตำบล", "Sub-districts"),
    "open_field": Text("เปิดหน้าตรวจ", "Open for the field"),
    "operating": Text("เปิดดำเนินการ", "Operating"),
    "operating_unknown": Text("ไม่ทราบสถานะ", "Status not known"),
    "not_operating": Text("ไม่ได้ดำเนินการ", "Not operating"),
    "registration": Text("ทะเบียน", "Registration"),
    "fires_upwind": Text("ไฟเหนือลม 72 ชม.", "Fires upwind, 72 h"),
    "wind": Text("ลม", "Wind"),
    "pm25_mean": Text("PM2.5 เฉลี่ย 24 ชม.", "PM2.5, 24 h mean"),
    "certificate": Text("ใบรับรองสีเขียว", "Green Industry certificate"),
    "carbon": Text("คาร์บอน", "Carbon"),
    "hotspots": Text("จุดความร้อน", "Hotspots"),
    "complaints": Text("ข้อร้องเรียน", "Complaints"),
    "level_since": Text("ระดับ {level} ออกเมื่อ {day}", "Level {level} issued {day}"),
    "until": Text("ถึง {day}", "until {day}"),
    "no_certificate": Text("ไม่มีใบรับรองที่ทราบ", "No certificate known"),
    "carbon_not_published": Text("ไม่เผยแพร่รายโรงงาน", "Not published by factory"),
    "carbon_of_province": Text(
        "จังหวัด ปี {year} (ชุดที่ {vintage}) {amount} พันตัน CO",
        "Province, {year} (vintage {vintage}): {amount} thousand t CO",
    ),
    "no_place": Text(
        "ทะเบียนไม่มีพิกัดที่ใช้ได้ของโรงงานนี้ จึงบอกไม่ได้ว่ามีอะไรอยู่ใกล้หรือเหนือลม",
        "The register has no usable place of this factory: what is near or upwind cannot be told",
    ),
    "no_day": Text("ไม่มีข้อมูลของวันที่ขอ", "There are no data of that day"),
    "no_day_why": Text(
        "ขอวันที่ “{day}” หน้านี้มีตั้งแต่ {first} ถึง {last} และของแต่ละวันมีหลัง 08:00 น.",
        "Asked for “{day}”. This page is there from {first} to {last}; that of a day is there after"
        " its 08:00.",
    ),
    "around": Text("รอบโรงงาน {distance}", "Around the factory, {distance}"),
    "legend": Text("สัญลักษณ์บนแผนที่", "What the map shows"),
    "legend_outline": Text("เส้นเขต {place}", "Outline of {place}"),
    "legend_circle": Text(
        "รัศมี {distance} รอบจุด ที่ใช้นับ", "{distance} around the point, counted within"
    ),
    "near": Text("สิ่งที่อยู่ใกล้ เหนือลมก่อน", "What is near, upwind first"),
    "near_fires_until": Text("ไฟ {hours} ชม. ถึง {time}", "Fires: {hours} h to {time}"),
    "upwind_head": Text(
        "เหนือลม: ลมพัดจากทางนี้มาหาโรงงาน", "Upwind: the wind blows from here to the factory"
    ),
    "other_directions": Text("ทิศอื่น", "Other directions"),
    "wind_unknown_list": Text(
        "ไม่ทราบทิศลม จึงไม่แยกเหนือลม เรียงตามระยะทาง",
        "The wind's direction is not known: by distance, upwind is not told apart",
    ),
    "nothing_upwind": Text("ไม่พบสิ่งใดทางเหนือลม", "Nothing was found upwind"),
    "nothing_near": Text("ไม่พบสิ่งใดใกล้โรงงานในช่วงเวลานี้", "Nothing was found near in this time"),
    "all_near": Text("ดูทั้งหมดในหน้าใกล้ฉัน", "All of it, in “Near me”"),
    "of_all_fires": Text(
        "จากไฟทั้งหมดในรัศมี {count} จุด", "of {count} [fire|fires] around, whatever the wind"
    ),
    "upwind_unknown": Text("ไม่ทราบทิศลม", "The wind's direction is not known"),
    "fires_around": Text("ไฟในรัศมี {count} จุด", "{count} [fire|fires] around"),
    "no_wind_station": Text("ไม่มีสถานีลมที่ใกล้พอ", "No wind station near enough"),
    "calm": Text("ลมอ่อน ไม่ทราบทิศ", "Calm: no direction"),
    "wind_from": Text("จากทิศ{origin} ควันไปทาง{goal}", "from the {origin}: smoke goes {goal}"),
    "standard": Text("มาตรฐาน 37.5", "standard 37.5"),
    "aqi_1": Text("ดีมาก", "Very good"),
    "aqi_2": Text("ดี", "Good"),
    "aqi_3": Text("ปานกลาง", "Moderate"),
    "aqi_4": Text("เริ่มมีผลกระทบ", "Starts to affect health"),
    "aqi_5": Text("มีผลกระทบ", "Affects health"),
    "history": Text("ย้อนหลัง", "History"),
    "fires_by_month": Text(
        "จุดความร้อนใน {distance} รายเดือน", "Hotspots within {distance}, by month"
    ),
    "month_until": Text(
        "เดือน {month} นับถึง 08:00 น. ของ {day}",
        "{month} is counted to 08:00 of {day}",
    ),
    "way_more": Text("มากกว่าวันอื่น", "more than on other days"),
    "way_no_more": Text("ไม่มากกว่าวันอื่น", "no more than on other days"),
    "way_fires": Text(
        "อากาศที่มาถึงอยู่ทาง{direction}ราว {km} กม. เมื่อวันก่อน ระหว่างทางพบจุดความร้อนเฉลี่ย {fires}"
        " จุดต่อชั่วโมง ({low} ถึง {high}) {finding} ({others} จุด, p {p})",
        "Its air was some {km} km to the {direction} a day before. On its way it met {fires}"
        " hotspots in a mean hour ({low} to {high}), {finding} ({others}, p {p}).",
    ),
    "way_provisional": Text(
        "ผลชั่วคราว เทียบกับวันก่อนหน้าเท่านั้น", "Provisional: compared with earlier days alone."
    ),
    "way_association": Text(
        "เป็นความสัมพันธ์ ไม่ใช่ข้อพิสูจน์ว่าไฟเป็นสาเหตุ", "An association; it does not prove a cause."
    ),
    "way_abstained": Text(
        "บอกเรื่องไฟตามทางที่อากาศผ่านมาไม่ได้: {reason}",
        "Of fires along the air's way nothing can be said: {reason}",
    ),
    "way_curve": Text(
        "ไฟระหว่างทางของวันที่เกินมาตรฐาน เส้นประคือวันอื่น",
        "Fires met on days above the standard; dashed, on other days",
    ),
    "pm25_hours": Text("PM2.5 14 วัน", "PM2.5, 14 days"),
    "wind_rose": Text("ลมพัดมาจาก 30 วัน", "Where the wind came from, 30 days"),
    "calm_share": Text("ลมอ่อน {share} % ไม่นับ", "calm {share} %, not counted"),
    "as_table": Text("ดูเป็นตาราง", "As a table"),
    "sources_and_method": Text("แหล่งข้อมูลและวิธี", "Sources and method"),
    "src_place": Text("ตำแหน่งโรงงาน", "The factory's place"),
    "src_place_text": Text(
        "ทะเบียนกรมโรงงานอุตสาหกรรม พิกัดคือจุดเดียวต่อโรงงาน ไม่ใช่ขอบเขต",
        "The register of the Department of Industrial Works: one point a factory, not its area",
    ),
    "src_upwind_text": Text(
        "ทิศจากโรงงานไปหาไฟต่างจากทิศที่ลมพัดมาไม่เกิน 45° เป็นการคัดกรอง ไม่ใช่หลักฐานว่าควันมาถึง",
        "The direction to the fire is within 45° of where the wind comes from. It is a screening,"
        " not evidence that smoke arrived.",
    ),
    "src_hotspots_text": Text(
        "กึ่งกลางจุดภาพราว 375 ม. ไม่ใช่ตำแหน่งไฟ ไฟเดียวอาจถูกนับหลายจุดจากดาวเทียมหลายดวง",
        "The centre of a pixel of about 375 m, not the fire. Several satellites may see one fire.",
    ),
    "src_complaints_text": Text(
        "เผยแพร่เป็นจำนวนครัวเรือนของพื้นที่และช่วงเวลาที่สิ้นสุดแล้ว มีค่าสุ่มรวมอยู่ ไม่ชี้ว่าโรงงานใดเป็นต้นเหตุ",
        "Published as numbers of homes by area, of periods that are over, with noise: who causes"
        " them is not said",
    ),
    "src_carbon_text": Text(
        "ไม่เผยแพร่รายโรงงาน แสดงเฉพาะยอดจังหวัดจากโรงงานที่ส่งรายงาน ปีที่ว่างคือไม่มีค่าการปล่อย"
        " หรือยอดนั้นจะทำให้รู้ข้อมูลของรายเดียว",
        "Not published by factory: the province's sum of those that reported. A year left empty has"
        " no emission factor, or would tell one firm's amount.",
    ),
    "src_pm25_text": Text(
        "ค่าของสถานีที่บอกชื่อ สถานีเดียวแทนทั้งพื้นที่ไม่ได้",
        "Of the station that is named: one station does not stand for an area",
    ),
    "factories_shown": Text(
        "โรงงานที่แสดงคือ {shown} แห่งที่ใกล้ที่สุด จาก {found} แห่งในรัศมี {within}",
        "Factories: the {shown} nearest are shown, of {found} within {within}",
    ),
    "mark_factory": Text("โรงงาน", "Factories"),
    "mark_certified": Text("โรงงานมีใบรับรอง", "Certified factories"),
    "mark_station": Text("สถานีวัด", "Stations"),
    "mark_sugarcane": Text("ไฟ อ้อย", "Fire: cane"),
    "mark_paddy": Text("ไฟ นาข้าว", "Fire: paddy"),
    "mark_maize": Text("ไฟ ข้าวโพด–ไร่", "Fire: maize"),
    "mark_forest": Text("ไฟ ป่า", "Fire: forest"),
    "mark_other": Text("ไฟ อื่น ๆ", "Fire: other"),
    "mark_other_agriculture": Text("ไฟ เกษตรอื่น", "Fire: other crops"),
    "mark_fire": Text("ไฟ ไม่ทราบที่ดิน", "Fire: land use unknown"),
    # A place.
    "rank": Text("อันดับ {rank} ของประเทศ", "rank {rank} in the country"),
    "hotspots_7d": Text("จุดความร้อน 7 วัน", "Hotspots, 7 days"),
    "complaints_month": Text("ครัวเรือนที่ร้องเรียน", "Homes that complained"),
    "complaints_area": Text("นับรวมทั้ง{area}", "counted for all of {area}"),
    "complaints_of_area": Text("ครัวเรือนที่ร้องเรียนในพื้นที่นี้", "Homes that complained in the area"),
    "complaints_of_area_why": Text(
        "เป็นตัวเลขของทั้งพื้นที่ ไม่ได้บอกว่าอยู่ใกล้โรงงานนี้หรือโรงงานนี้เป็นต้นเหตุ",
        "Of the whole area: it says neither that they are near this factory nor that it is the"
        " cause.",
    ),
    "upwind_factories": Text("โรงงาน ไฟเหนือลม", "Factories, fire upwind"),
    "green": Text("สีเขียว", "Green"),
    "of_factories": Text("% ของโรงงาน ({count} จาก {of} แห่ง)", "% of factories ({count} of {of})"),
    "of_few": Text("{count} จาก {of} แห่ง", "{count} of {of}"),
    "factories_upwind": Text("โรงงานที่มีไฟอยู่เหนือลม", "Factories with a fire upwind"),
    "factories_upwind_rule": Text(
        "24 ชม. ถึง {time} รัศมี 10 กม. ลม ±45°", "24 h to {time}, within 10 km, ±45°"
    ),
    "no_factories_upwind": Text("ไม่พบโรงงานที่มีไฟอยู่เหนือลม", "No factory has a fire upwind"),
    "not_judged": Text(
        "อีก {count} แห่งมีไฟใกล้แต่ไม่ทราบลม จึงบอกไม่ได้",
        "{count} more had a fire near and no wind known: nobody can tell",
    ),
    "fires": Text("{count} จุด", "{count} [fire|fires]"),
    "level": Text("ระดับ {level}", "level {level}"),
    "season_against_season": Text("เทียบกับฤดูก่อน", "Season against season"),
    "cumulated": Text("จุดความร้อนสะสมตั้งแต่ 1 ธ.ค.", "Hotspots since 1 December"),
    "this_season": Text("ฤดูนี้ {count}", "this season {count}"),
    "last_season": Text("ฤดูก่อน {count}", "last season {count}"),
    "pm25_daily": Text("PM2.5 เฉลี่ย 24 ชม. ทุกวัน", "PM2.5, daily 24 h means"),
    "complaints_by_month": Text("ครัวเรือนที่ร้องเรียนรายเดือน", "Homes that complained, by month"),
    "green_and_carbon": Text("อุตสาหกรรมสีเขียวและคาร์บอน", "Green Industry and carbon"),
    "by_level": Text("โรงงานตามระดับใบรับรองสูงสุด", "Factories by their highest level"),
    "none_level": Text("ไม่มี", "None"),
    "tco2e": Text("ก๊าซเรือนกระจกของโรงงาน", "Greenhouse gas of factories"),
    "tco2e_unit": Text("พันตัน CO₂e ต่อปี", "thousand t CO₂e a year"),
    "outlines_invented": Text(
        "เส้นเขตอำเภอเป็นเส้นสมมติของข้อมูลจำลอง ชื่อเป็นชื่อจริง แต่สิ่งที่นับในเขตไม่ใช่ของอำเภอนั้น",
        "The outlines of districts are made up for the simulated data: the names are real, what is"
        " counted within is not of that district",
    ),
    "outlines_short": Text("เส้นเขตอำเภอสมมติ", "districts' outlines made up"),
    "carbon_break": Text(
        "≠ เทียบกับปีก่อนหน้าไม่ได้ เพราะค่าการปล่อยนับไม่เหมือนกัน ยอดที่ลดลงตรงนี้ไม่ใช่การลดการปล่อย",
        "≠ cannot be compared with the year before: the emission factors count something else, and"
        " a fall here is no reduction",
    ),
    "carbon_vintage": Text(
        "ชุดที่ {vintage} เผยแพร่ {day} รายงานที่มาภายหลังอยู่ในชุดถัดไป",
        "Vintage {vintage}, published {day}: what is returned later is in the next",
    ),
    "parts_by": Text("เรียงตามจุดความร้อน 7 วัน", "by hotspots of 7 days"),
    "col_factories": Text("โรงงาน", "Factories"),
    "col_upwind": Text("ไฟเหนือลม", "Fire upwind"),
    "col_complaints_year": Text("ร้องเรียน ปีที่เปิดเผย", "Complained, released year"),
    "quiet_parts": Text(
        "อีก {count} แห่งไม่มีโรงงาน ข้อร้องเรียน หรือจุดความร้อนในช่วงนี้",
        "{count} more [has|have] no factory, complaint or hotspot in this time",
    ),
    "say_hotspots": Text(
        "7 วันนี้พบจุดความร้อน {count} (สัปดาห์ก่อน {before})",
        "{count} in 7 days ({before} the week before)",
    ),
    "say_none": Text("7 วันนี้ดาวเทียมไม่พบจุดความร้อน", "No hotspot was seen in 7 days"),
    "say_unknown": Text("ยังไม่มีข้อมูลจุดความร้อน", "There are no hotspot data yet"),
    "say_not_seen": Text(
        "ไม่มีข้อมูลจุดความร้อนครบ 7 วันถึง {day}", "There are no hotspot data of all 7 days to {day}"
    ),
    "say_late": Text(
        "ข้อมูลจุดความร้อน 7 วันถึง {day} ล่าช้า ล่าสุด {newest}",
        "Hotspot data of the 7 days to {day} are late, the newest of {newest}",
    ),
    "say_so_far": Text("พบจุดความร้อนแล้ว {count} ", "{count} found so far. "),
    "no_station_reports": Text("ไม่มีสถานีที่รายงานค่า", "No station here reports"),
    "station_silent": Text(
        "สถานีไม่ได้รายงานค่าเฉลี่ย 24 ชม. ของ {day}", "The station reported no 24-hour mean on {day}"
    ),
    "say_wind": Text(" ลมจากทิศ{origin}", " The wind comes from the {origin}"),
    "say_upwind": Text(
        "ทำให้ {count} โรงงานมีไฟอยู่เหนือลม", "; {count} [factory has|factories have] a fire upwind"
    ),
    # Lists.
    "search_list": Text("ค้นในรายการ", "Search this list"),
    "search_button": Text("ค้นหา", "Search"),
    "name": Text("ชื่อ", "Name"),
    "within_column": Text("อยู่ใน", "In"),
    "found": Text("พบ {count}", "{count} found"),
    "none_in_list": Text(
        "ไม่พบชื่อที่มี “{words}” ลองคำที่สั้นลง หรือดูทั้งหมด",
        "No name has “{words}”. Try a shorter word, or see all",
    ),
    "none_in_time": Text("ไม่พบในช่วงเวลานี้", "None in this time"),
    "no_data_in_time": Text("ไม่มีข้อมูลในช่วงเวลานี้", "No data of this time"),
    "no_operating": Text("ไม่มีโรงงานที่ดำเนินการในพื้นที่นี้", "No operating factory in this place"),
    "no_page": Text("รายการสั้นกว่านั้น ไม่มีหน้านี้", "The list is shorter: there is no such page"),
    "see_all": Text("ดูทั้งหมด", "See all"),
    "page_of": Text("{first}–{last} จาก {total}", "{first}–{last} of {total}"),
    "previous_page": Text("หน้าก่อน", "Previous"),
    "next_page": Text("หน้าถัดไป", "Next"),
    "sort_by": Text("เรียงตาม {column}", "Sort by {column}"),
}
