"""The page of complaints: four released tables, and what is promised of them."""

from layers.model import Text

WORDS = {
    "title": Text("ข้อร้องเรียน", "Complaints"),
    "about": Text(
        "จำนวนครัวเรือนที่ร้องเรียนเรื่องมลพิษและเหตุเดือดร้อน ตามพื้นที่และช่วงเวลาที่เปิดเผย",
        "Homes that complained of pollution and nuisances, by area and released period",
    ),
    "tables": Text("ตาราง", "Table"),
    "months": Text("รายเดือน", "By month"),
    "quarters": Text("รายไตรมาส", "By quarter"),
    "years": Text("รายปี", "By year"),
    "dealt_with": Text("จัดการใน 60 วัน", "Dealt with in 60 days"),
    "year": Text("ปี {year}", "{year}"),
    "period": Text("ช่วงเวลา", "Period"),
    "category": Text("ประเภทเรื่อง", "Category"),
    "show": Text("แสดง", "Show"),
    "area_subdistrict": Text("ตำบล", "sub-district"),
    "area_district": Text("อำเภอ", "district"),
    "area_province": Text("จังหวัด", "province"),
    "area_region": Text("ภาค", "region"),
    "area_country": Text("ทั้งประเทศ", "country"),
    "none": Text(
        "ยังไม่มีช่วงเวลาใดที่เปิดเผย ตัวเลขจะเปิดเผยเมื่อช่วงเวลาสิ้นสุด",
        "No period has been released yet: numbers are released when a period is over",
    ),
    "total": Text(
        "{count} ครัวเรือนใน {areas} พื้นที่ที่เปิดเผย",
        "{count} [home|homes] in the {areas} [area|areas] that are shown",
    ),
    "hidden": Text(
        "อีก {count} พื้นที่ว่าง เพราะมีน้อยเกินกว่าจะเปิดเผย ไม่ได้แปลว่าไม่มี",
        "{count} more [area is|areas are] empty: too few to be shown, which is not none",
    ),
    "all_hidden": Text(
        "ทุกพื้นที่ในช่วงนี้มีน้อยเกินกว่าจะเปิดเผย ไม่ได้แปลว่าไม่มี",
        "Every area has too few to be shown in this period, which is not none",
    ),
    "by": Text("นับราย{area} เปิดเผย {day}", "Counted by {area}, released {day}"),
    "too_few": Text("น้อยเกินกว่าจะเปิดเผย", "too few to be shown"),
    "withheld": Text(
        "อีก {count} พื้นที่ น้อยเกินกว่าจะเปิดเผย ไม่ได้แปลว่าไม่มี",
        "{count} more [area|areas]: too few to be shown, which is not none",
    ),
    "area": Text("พื้นที่", "Area"),
    "homes": Text("ครัวเรือน", "Homes"),
    "before": Text("ช่วงก่อน", "Before"),
    "dealt": Text("จัดการแล้ว", "Dealt with"),
    "not_dealt": Text("ยังไม่จัดการ", "Not dealt with"),
    "share": Text("ร้อยละที่จัดการแล้ว", "Share dealt with, %"),
    "map_homes": Text("ครัวเรือนที่ร้องเรียน", "Homes that complained"),
    "map_share": Text("ร้อยละที่จัดการใน 60 วัน", "Dealt with in 60 days, %"),
    "legend_counts": Text("ตัวเลขขวา: จำนวนพื้นที่", "Right: how many areas"),
    "csv": Text("ตาราง CSV สำหรับ Excel", "Table as CSV for Excel"),
    "geojson": Text("GeoJSON", "GeoJSON"),
    "promise": Text("ข้อร้องเรียนของท่านปลอดภัยอย่างไร", "How a complaint is kept private"),
    "promise_1": Text(
        "เราไม่เผยแพร่ข้อร้องเรียนรายเรื่อง ไม่ว่าตำแหน่ง วันเวลา ข้อความ หรือสถานะ"
        " มีเพียงจำนวนครัวเรือนตามพื้นที่และช่วงเวลาที่สิ้นสุดแล้ว",
        "No single complaint is published: no place, day, words or state of one. There are numbers"
        " of homes alone, by area, of periods that are over.",
    ),
    "promise_2": Text(
        "แต่ละครัวเรือนนับครั้งเดียวต่อช่วงเวลา ตัวเลขแสดงเมื่อมีอย่างน้อย 5 ครัวเรือน"
        " และเมื่อบวกค่าสุ่มแล้วถึงเกณฑ์ ตัวเลขที่แสดงมีค่าสุ่มรวมอยู่ ซึ่งสุ่มครั้งเดียวและไม่เปลี่ยนอีก",
        "A home counts once in a period. A number is shown where at least 5 homes stand behind it"
        " and it reaches a threshold with random noise added; what is shown has the noise in it,"
        " which is drawn once and never again.",
    ),
    "promise_3": Text(
        "เมื่อเปิดเผยแล้วไม่มีการแก้ตัวเลข เรื่องที่เข้ามาช้า แก้ไข หรือถอน นับในช่วงที่ได้รับหรือไม่เปลี่ยนของเดิม",
        "What was released is never changed. A complaint that comes late counts when it is"
        " received; one that is corrected or withdrawn changes no number that was released.",
    ),
    "promise_4": Text(
        "ผู้ที่เห็นตัวเลขทั้งหมดจึงแทบบอกไม่ได้ว่าครัวเรือนใดครัวเรือนหนึ่งร้องเรียนในช่วงนั้นหรือไม่"
        " โอกาสที่จะเห็นตัวเลขชุดใดต่างกันไม่เกิน e เท่ากำลัง ε ของแต่ละตาราง",
        "Whoever sees all numbers can hardly tell whether a given home complained in a period: the"
        " chance of any of them differs by at most a factor of e to the power ε of each table.",
    ),
    "promise_5": Text(
        "สิ่งที่ไม่ได้ป้องกัน: เจ้าหน้าที่ที่มีคนเห็นว่ามาเยี่ยม และครัวเรือนที่ร้องเรียนทุกเดือน ต่อผู้ที่รู้ของบ้านอื่นทั้งหมดอยู่แล้ว",
        "Not protected: an officer who is seen to visit; and a home that complains every month,"
        " against somebody who knows of every other home.",
    ),
    "houses_known": Text(
        "ตำบลที่มีบ้านไม่ถึง 500 หลัง หรือร้องเรียนเกินหนึ่งในสิบ จะไม่แสดง",
        "Sub-districts of fewer than 500 houses, or where more than a tenth complain, stay hidden.",
    ),
    "houses_unknown": Text(
        "ยังไม่ทราบจำนวนบ้านของตำบล จึงยังไม่ซ่อนตำบลที่มีบ้านไม่ถึง 500 หลังด้วยเหตุนั้น",
        "How many houses sub-districts have is not known here: none is hidden for having fewer than"
        " 500.",
    ),
    "chosen_by": Text(
        "พื้นที่และช่วงเวลาของแต่ละตารางเลือกตามจำนวนเรื่องทั้งประเทศ และกำหนดล่วงหน้าทั้งปี",
        "The areas and periods of each table follow from how many complaints the country has, and"
        " are fixed for a year ahead.",
    ),
    "parameters": Text("ค่าที่ใช้ปี {year}", "Parameters of {year}"),
    "col_table": Text("ตาราง", "Table"),
    "col_period": Text("ช่วงเวลา × พื้นที่", "Period × area"),
    "col_epsilon": Text("ε", "ε"),
    "col_least": Text("แสดงตั้งแต่", "Shown from"),
    "col_wait": Text("รอ (วัน)", "Waits (days)"),
    "col_review": Text("ทบทวน", "Review"),
    "period_month": Text("เดือน", "month"),
    "period_quarter": Text("ไตรมาส", "quarter"),
    "period_year": Text("ปี", "year"),
    "least": Text("{noisy} รวมค่าสุ่ม และ {homes} ครัวเรือน", "{noisy} with noise, and {homes} homes"),
    "methods": Text("วิธีและข้อจำกัด", "Method and limits"),
}
