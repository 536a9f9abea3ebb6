"""The morning's brief."""

from layers.model import Text

WORDS = {
    "title": Text("ภาพเช้านี้", "This morning"),
    "until": Text("ภาพเช้านี้ ถึง {time}", "the 24 hours to {time}"),
    "previous_day": Text("วันก่อนหน้า", "The day before"),
    "next_day": Text("วันถัดไป", "The day after"),
    "no_next_day": Text("วันถัดไป (ยังไม่มีข้อมูล)", "The day after (no data yet)"),
    "numbers": Text(
        "ตัวเลขหลัก เลือกเพื่อเปลี่ยนแผนที่และตาราง", "The numbers: choose one for map and table"
    ),
    "freshness": Text("ความสดของข้อมูล", "How fresh the data are"),
    "late_line": Text("มีข้อมูลล่าช้า {count} ชุด", "{count} [feed is|feeds are] late"),
    "hotspots": Text("จุดความร้อน 24 ชม.", "Hotspots, 24 h"),
    "air": Text("PM2.5 เกินมาตรฐาน", "PM2.5 exceeded"),
    "complaints": Text("ครัวเรือนที่ร้องเรียน {month}", "Homes with a complaint, {month}"),
    "upwind": Text("โรงงาน ไฟเหนือลม", "Fire upwind"),
    "green": Text("อุตสาหกรรมสีเขียว", "Green industry"),
    "at_night": Text("กลางคืน {count}", "{count} at night"),
    "of_stations": Text("จาก {of} สถานี", "of {of} [station|stations]"),
    "share_of_factories": Text(
        "% ของโรงงาน ({count} จาก {of} แห่ง)", "% of factories ({count} of {of})"
    ),
    "days_before": Text("เฉลี่ย 7 วันก่อน", "mean of 7 days before"),
    "last_season": Text("เฉลี่ย 7 วันฤดูก่อน", "mean of 7 days last season"),
    "week_last_season": Text("7 วันเดียวกันของฤดูก่อน", "the same 7 days last season"),
    "week_before": Text("7 วันก่อนหน้า", "the 7 days before"),
    "month_before": Text("เดือนก่อน", "the month before"),
    "year_before": Text("ปีก่อน", "the year before"),
    "withheld": Text("ข้อมูลล่าช้า ไม่เทียบ", "late: not compared"),
    "of_day": Text("ของวันที่ {day}", "of {day}"),
    "highest": Text("สูงสุด {place}", "Highest: {place}"),
    "most": Text("มากสุด {place} {count}", "Most: {place} {count}"),
    "complaints_hidden": Text(
        "น้อยเกินกว่าจะเปิดเผย หรือนับรวมเป็นภาค", "too few to be shown, or counted with others"
    ),
    "areas_hidden": Text(
        "อีก {count} พื้นที่มีน้อยเกินกว่าจะเปิดเผย", "{count} more [area has|areas have] too few to be shown"
    ),
    "within": Text("ในรัศมี 10 กม.", "within 10 km"),
    "carbon": Text(
        "ปี {year} {amount} ล้านตัน CO₂e (ชุดที่ {vintage})",
        "{year}: {amount} million t CO₂e (vintage {vintage})",
    ),
    "key_line": Text("เส้นทึบ: 42 วันล่าสุด", "Solid: the last 42 days"),
    "key_before": Text("เส้นประ: ช่วงเดียวกันของฤดูก่อน", "Dashed: the same days last season"),
    "key_rule": Text(
        "เทียบด้วยค่าเฉลี่ยต่อวัน ฐานต่ำกว่า 20 บอกเป็นจำนวน ไม่บอกเป็นร้อยละ",
        "Compared by daily means; a base under 20 gives a count, not a percentage",
    ),
    "provinces_by": Text("จังหวัดเรียงตาม{measure}", "Provinces by {measure}"),
    "by_hotspots": Text("จุดความร้อน 24 ชม.", "hotspots, 24 h"),
    "by_air": Text(" PM2.5", "PM2.5"),
    "by_complaints": Text("ครัวเรือนที่ร้องเรียน", "homes that complained"),
    "by_upwind": Text("โรงงานที่มีไฟเหนือลม", "factories with a fire upwind"),
    "by_green": Text("สัดส่วนใบรับรองสีเขียว", "share with a green certificate"),
    "no_day": Text("ไม่มีภาพเช้าของวันที่ขอ", "There is no brief of that day"),
    "no_day_why": Text(
        "ขอวันที่ “{day}” ภาพเช้ามีตั้งแต่ {first} ถึง {last} และของแต่ละวันมีหลัง 08:00 น.",
        "Asked for “{day}”. There are briefs from {first} to {last}; that of a day is there after"
        " its 08:00.",
    ),
    "newest_day": Text("เปิดวันล่าสุด", "Open the newest"),
    "regions": Text("ภาค", "Region"),
    "country": Text("ทั้งประเทศ", "Country"),
    "province": Text("จังหวัด", "Province"),
    "rank": Text("ลำดับ", "Rank"),
    "col_hotspots": Text("จุดความร้อน 24 ชม.", "Hotspots 24 h"),
    "col_week": Text("ไฟ 7 วัน เทียบ 7 วันก่อน", "Fires, 7 days and change"),
    "col_days": Text("ไฟ 14 วัน", "Fires, 14 days"),
    "col_land_use": Text("ที่ดินของไฟ", "Land of fires"),
    "col_air": Text("PM2.5 µg/m³", "PM2.5 µg/m³"),
    "col_complaints": Text("ร้องเรียน {month}", "Complained {month}"),
    "col_upwind": Text("โรงงานไฟเหนือลม", "Fire upwind"),
    "col_green": Text("ใบรับรองสีเขียว", "Green certificates"),
    "show_all": Text("แสดงครบ {count} จังหวัด", "Show all {count} provinces"),
    "legend_counts": Text("ตัวเลขขวา: จำนวนจังหวัด", "Right: how many provinces"),
    "industrial_left_out": Text(
        "ไม่นับความร้อนอุตสาหกรรมที่อยู่กับที่อีก {count} จุด",
        "{count} more of static industrial heat [is|are] left out",
    ),
    "not_in_province": Text(
        "อีก {count} จุดอยู่นอกเขตจังหวัด (ทะเลหรือชายแดน)",
        "{count} more [lies|lie] in no province (sea or border)",
    ),
    "pinned": Text("ปักหมุด {place}", "Pinned: {place}"),
    "unpin": Text("เลิกปักหมุด", "Unpin"),
    "open_place": Text("เปิดหน้าจังหวัด", "Open the province's page"),
    "pin": Text("ปักหมุด {place} บนแผนที่", "Pin {place} on the map"),
    "map_hotspots": Text("จุดความร้อน 24 ชม.|จุด รายจังหวัด", "Hotspots, 24 h|by province"),
    "map_air": Text("PM2.5 เฉลี่ย 24 ชม.|µg/m³ รายสถานี", "PM2.5, 24 h mean|µg/m³ by station"),
    "map_complaints": Text("ครัวเรือนที่ร้องเรียน|รายจังหวัด", "Homes that complained|by province"),
    "map_upwind": Text("โรงงานมีไฟเหนือลม|แห่ง รายจังหวัด", "Factories with fire upwind|by province"),
    "map_green": Text("ใบรับรองสีเขียว|% ของโรงงาน", "Green certificates|% of factories"),
    "open_theme": Text("เปิดแผนที่เต็ม", "Open the full map"),
    "and_more": Text("{low} ขึ้นไป", "{low} and more"),
    "too_few": Text("น้อยกว่า 15 แห่ง", "fewer than 15"),
    "zero": Text("ไม่พบ", "none"),
    "zero_on": Text("ไม่พบเมื่อ {day}", "none on {day}"),
    "caveat": Text(
        "ดาวเทียมเห็นเฉพาะไฟที่ลุกอยู่ตอนผ่าน การไม่พบจุดความร้อนจึงไม่ได้ยืนยันว่าไม่มีการเผา",
        "A satellite sees only what burns as it passes: no hotspot does not prove that nothing"
        " burned",
    ),
    "sources": Text("แหล่งข้อมูล", "Sources"),
    # The two sentences, of parts that are left out where nothing is known.
    "say_hotspots": Text("พบจุดความร้อน {count}ใน 24 ชั่วโมง", "{count} in 24 hours"),
    "say_no_hotspots": Text(
        "ดาวเทียมไม่พบจุดความร้อนใน 24 ชั่วโมง", "The satellites saw no hotspot in 24 hours"
    ),
    "say_hotspots_unknown": Text("ยังไม่มีข้อมูลจุดความร้อนของวันนี้", "No hotspot data of this day yet"),
    "say_more": Text(" มากกว่า{base} {amount}", ", {amount} more than {base}"),
    "say_less": Text(" น้อยกว่า{base} {amount}", ", {amount} fewer than {base}"),
    "say_same": Text(" เท่ากับ{base}", ", as many as {base}"),
    "base_days_before": Text("ค่าเฉลี่ย 7 วันก่อน", "the mean of the 7 days before"),
    "say_mostly": Text(" ส่วนใหญ่ใน{land_use}", ", mostly in {land_use}"),
    "say_and": Text("และ", " and "),
    "say_most_at": Text(" มากที่สุดที่{place}", "; most in {place}"),
    "say_air": Text(" ฝุ่น PM2.5 เกินมาตรฐาน {count}", " PM2.5 is above the standard at {count}"),
    "say_air_none": Text(
        " ฝุ่น PM2.5 ไม่เกินมาตรฐานทั้ง {of} สถานี", " PM2.5 is within the standard at all {of} stations"
    ),
    "say_air_unknown": Text(" ยังไม่มีค่าฝุ่น PM2.5 ของวันนี้", " There are no PM2.5 readings of this day"),
    "say_of": Text("{count} จาก {of} สถานี", "{count} of {of} [station|stations]"),
    "say_highest_at": Text(" สูงสุดที่{place} {value} µg/m³", ", highest in {place}, {value} µg/m³"),
    "say_upwind": Text(
        " โรงงาน {count} แห่งมีไฟอยู่เหนือลม", " {count} [factory has|factories have] a fire upwind"
    ),
    "say_upwind_none": Text(" ไม่พบโรงงานที่มีไฟอยู่เหนือลม", " No factory has a fire upwind"),
    "say_upwind_some_at": Text(" {count} แห่งอยู่ที่{place}", ", {count} of them in {place}"),
    "say_upwind_all_at": Text(" ที่{place}", ", in {place}"),
    "say_not_judged": Text(
        " อีก {count} แห่งมีไฟใกล้แต่ไม่ทราบลม", "; {count} more had a fire near and no wind known"
    ),
    "not_judged": Text("อีก {count} แห่งไม่ทราบลม", "{count} more: no wind known"),
    "stop": Text("", "."),
}
