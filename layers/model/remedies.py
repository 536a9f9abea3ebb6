"""What each reason for quarantine means, in Thai and English, and what to do about it."""

import re
from dataclasses import dataclass

from layers.model.layer import Text


@dataclass(frozen=True)
class Remedy:
    """`reason` and `remedy` of the reasons that `pattern` matches whole; `{0}` in the reason is the
    pattern's first group, as it was written."""

    pattern: str
    reason: Text
    remedy: Text


_COLUMN = r"(.+?)"
_WRITE_DATES = Text(
    "เขียนเป็น 2023-05-01, 01/05/2566 (วันก่อนเดือน) หรือ 1 พ.ค. 2566 และใช้ปีสี่หลัก",
    "Write 2023-05-01, 01/05/2566 (day first) or 1 พ.ค. 2566, with four digits of the year",
)
_WRITE_DEGREES = Text(
    "ใส่ละติจูดและลองจิจูดเป็นองศาทศนิยม (เช่น 13.5456 และ 100.2741) แล้วนำเข้าไฟล์อีกครั้ง",
    "Give latitude and longitude in decimal degrees, as in 13.5456 and 100.2741, and read the file"
    " again",
)
_CHECK_VALUE = Text(
    "ตรวจค่าและหน่วยกับต้นฉบับ แก้ในไฟล์แล้วนำเข้าอีกครั้ง",
    "Check value and unit against the original, mend the file and read it again",
)
_ASK_PROVIDER = Text(
    "เป็นรหัสที่ระบบยังไม่รู้จัก สอบถามผู้ให้ข้อมูลว่าหมายถึงอะไร แล้วแจ้งผู้ดูแลระบบ",
    "A code that the system does not know: ask the provider what it means and tell the developers",
)

_REMEDIES = (
    Remedy(
        "other reasons",
        Text("เหตุผลอื่น", "Other reasons"),
        Text("ดูทั้งหมด: fahsai quarantine", "See them all: fahsai quarantine"),
    ),
    Remedy(
        "latitude and longitude were swapped: put back in order|coordinates .+: (?:made|read) .+",
        Text(
            "พิกัดเขียนอีกแบบหนึ่ง ระบบแปลงให้แล้ว",
            "The coordinates were written otherwise",
        ),
        Text(
            "ไม่ต้องทำอะไร หากจุดบนแผนที่ถูกต้อง ครั้งหน้าให้ใส่ lat และ lon เป็นองศาทศนิยม",
            "Nothing, if the point on the map is right; write decimal degrees the next time",
        ),
    ),
    Remedy(
        rf"{_COLUMN} is not a (?:whole )?number.*",
        Text("{0} ไม่ใช่ตัวเลข", "{0} is not a number"),
        Text(
            "เขียนตัวเลขล้วน เช่น 1234.5 โดยไม่มีหน่วย ช่วงค่า หรือจุลภาคแทนจุดทศนิยม",
            "Write digits alone, as in 1234.5: no unit, no range, no decimal comma",
        ),
    ),
    Remedy(rf"{_COLUMN} is not a date.*", Text("{0} ไม่ใช่วันที่", "{0} is not a date"), _WRITE_DATES),
    Remedy(
        rf"{_COLUMN} is not a time.*",
        Text("{0} ไม่ใช่วันเวลา", "{0} is not a time"),
        Text(
            "เขียนวันที่และเวลา เช่น 2023-05-01 14:30 พร้อมเขตเวลา (+07:00) หากแหล่งข้อมูลไม่กำหนด",
            "Write day and time, as in 2023-05-01 14:30, with the zone (+07:00) where the source"
            " does not fix it",
        ),
    ),
    Remedy(
        "acquisition time cannot be read",
        Text("อ่านเวลาที่ดาวเทียมตรวจพบไม่ได้", "Acquisition time cannot be read"),
        Text(
            "acq_date เขียนเป็น 2026-04-23 และ acq_time เป็นเวลา UTC สี่หลัก เช่น 0703",
            "Write acq_date as 2026-04-23 and acq_time as four digits of UTC, as in 0703",
        ),
    ),
    Remedy(
        rf"(?:{_COLUMN} is not a year|year .*is out of range)",
        Text("ปีไม่ถูกต้อง", "The year cannot be"),
        Text(
            "เขียนปีสี่หลัก พ.ศ. หรือ ค.ศ. ก็ได้ เช่น 2566 หรือ 2023",
            "Write four digits of either era: 2566 or 2023",
        ),
    ),
    Remedy(
        "time is in the future|time is not that of an? .*",
        Text("เวลาอยู่ในอนาคตหรือเก่าเกินจริง", "The time is in the future, or too old to be"),
        Text(
            "ตรวจปีและนาฬิกาของเครื่อง แก้วันที่ในไฟล์แล้วนำเข้าอีกครั้ง",
            "Check the year and the instrument's clock, mend the date and read the file again",
        ),
    ),
    Remedy(
        "(season) is not a season|(fortnight) is not a half of a month|day is not of the season"
        "|time is told by none or several columns",
        Text("ฤดูหีบหรือช่วงเวลาไม่ถูกต้อง", "The season or the time cannot be"),
        Text(
            "เขียนฤดูเป็น 2567/68 และเวลาช่องเดียว คือ day, from กับ to, fortnight (2025-01/1) หรือ as_of",
            "Write the season as 2567/68, and the time in one way: day, from and to, fortnight"
            " (2025-01/1) or as_of",
        ),
    ),
    Remedy(
        "tonnes of fresh and burnt cane are missing",
        Text("ไม่มีตันอ้อยสดและอ้อยไฟไหม้", "Tonnes of fresh and burnt cane are missing"),
        Text(
            "ใส่ตันของทั้งสองอย่าง หรือตันรวมกับตันหรือร้อยละของอ้อยไฟไหม้",
            "Give tonnes of both, or of all with the tonnes or the share of burnt cane",
        ),
    ),
    Remedy(
        rf"{_COLUMN} is rounded by a spreadsheet.*",
        Text("{0} ถูกโปรแกรมตารางคำนวณปัดเลขท้าย", "{0} was rounded by a spreadsheet"),
        Text(
            "ตั้งรูปแบบคอลัมน์เป็นข้อความ แล้วคัดลอกเลขจากต้นฉบับมาใหม่",
            "Format the column as text and copy the numbers from the original again",
        ),
    ),
    Remedy(
        rf"{_COLUMN} is missing",
        Text("ไม่มีค่า {0}", "{0} is missing"),
        Text("เติมค่าที่ขาดในไฟล์แล้วนำเข้าอีกครั้ง", "Fill the cell in and read the file again"),
    ),
    Remedy(
        rf"{_COLUMN} is (?:out of range|implausible).*",
        Text("{0} มีค่าที่ไม่น่าเป็นไปได้", "{0} has a value that can hardly be"),
        _CHECK_VALUE,
    ),
    Remedy(
        "no usable coordinates.*|station has no coordinates in Thailand|coords are not a pair.*",
        Text("ไม่มีพิกัดที่ใช้ได้", "No usable coordinates"),
        _WRITE_DEGREES,
    ),
    Remedy(
        "place is not in or near Thailand.*|coords are not in Thailand",
        Text("พิกัดอยู่นอกประเทศไทยและเพื่อนบ้าน", "The place is not in or near Thailand"),
        Text(
            "หากเป็นพื้นที่อื่นจริงไม่ต้องทำอะไร ระบบไม่แสดงพื้นที่นั้น หากไม่ใช่ ตรวจพิกัดแล้วนำเข้าอีกครั้ง",
            "Nothing to do where the place is right: it is not shown. Otherwise check the"
            " coordinates and read the file again",
        ),
    ),
    Remedy(
        "cells do not fit the header.*|.*quote.*",
        Text("จำนวนช่องในบรรทัดไม่ตรงกับหัวตาราง", "The line has other cells than the header"),
        Text(
            "ตรวจจุลภาคและเครื่องหมายคำพูดในบรรทัดนั้น หรือบันทึกใหม่จาก Excel เป็น CSV UTF-8",
            "Check commas and quotes in the line, or save it anew from Excel as CSV UTF-8",
        ),
    ),
    Remedy(
        "bytes that are not text",
        Text("ตัวอักษรเสีย", "Bytes that are not text"),
        Text("บันทึกไฟล์เป็น CSV UTF-8 แล้วนำเข้าอีกครั้ง", "Save the file as CSV UTF-8 and read it again"),
    ),
    Remedy(
        "registration number of two factories",
        Text("เลขทะเบียนเดียวกันเป็นของสองโรงงาน", "One registration number for two factories"),
        Text(
            "ตรวจทะเบียนว่าเลขเป็นของโรงงานใด แก้เลขของอีกโรงงาน แล้วนำเข้าอีกครั้ง",
            "Find out whose number it is, correct the other factory's and read the file again",
        ),
    ),
    Remedy(
        "rows of one file contradict each other.*",
        Text("หลายแถวในแฟ้มเดียวกันขัดแย้งกัน", "Rows of one file contradict each other"),
        Text(
            "เก็บไว้แถวเดียวต่อหนึ่งรายการ (เช่น รวมยอดรายเดือนเป็นรายปี) แล้วนำเข้าอีกครั้ง",
            "Leave one row for each (add months up to the year's) and read the file again",
        ),
    ),
    Remedy(
        "neither registration number nor FID",
        Text("ไม่มีทั้งเลขทะเบียนและเลข 14 หลัก", "Neither registration number nor FID"),
        Text("เติมเลขใดเลขหนึ่งในไฟล์แล้วนำเข้าอีกครั้ง", "Fill one of the two in and read the file again"),
    ),
    Remedy(
        "unit does not fit (.+)|energy is unknown",
        Text("ชนิดพลังงานหรือหน่วยไม่อยู่ในรายการ", "The kind of energy or its unit is not listed"),
        Text(
            "ใช้ชนิดและหน่วยตามแบบ เช่น diesel กับ litre, grid_electricity กับ kWh",
            "Use a listed kind and unit, as diesel with litre, grid_electricity with kWh",
        ),
    ),
    Remedy(
        "unit is ambiguous",
        Text("หน่วยตีความได้หลายอย่าง", "The unit may mean several things"),
        Text(
            "เขียนหน่วยที่มีความหมายเดียว เช่น t หรือ ตัน (1,000 กก.), kg, scf, MMscf, litre",
            "Write a unit of one meaning, as t or tonne (1,000 kg), kg, scf, MMscf, litre",
        ),
    ),
    Remedy(
        "scope does not fit (.+)|basis is not one of those known",
        Text("ขอบเขตหรือฐานของค่าการปล่อยไม่ถูกต้อง", "The factor's scope or basis cannot be"),
        Text(
            "ขอบเขต 1 คือเผาเอง 2 คือซื้อมา 3 คือต้นทาง ฐานคือ combustion, combined,"
            " generation_and_losses หรือ upstream",
            "Scope 1 is burned on the spot, 2 bought, 3 upstream; a basis is combustion, combined,"
            " generation_and_losses or upstream",
        ),
    ),
    Remedy(
        "ends before it starts",
        Text("วันสิ้นสุดก่อนวันเริ่ม", "It ends before it starts"),
        _WRITE_DATES,
    ),
    Remedy(
        rf"name is that of a natural person|{_COLUMN} names a natural person",
        Text("มีชื่อบุคคลธรรมดา", "It names a natural person"),
        Text(
            "ลบชื่อบุคคลออก ใช้ชื่อกลุ่ม หน่วยงาน หรือสิ่งนั้นแทน แล้วนำเข้าอีกครั้ง",
            "Take the person's name out, write the group, office or thing, and read the file again",
        ),
    ),
    Remedy(
        "expires before it was issued",
        Text("วันหมดอายุก่อนวันออก", "It expires before it was issued"),
        _WRITE_DATES,
    ),
    Remedy(
        "looks like an invented sample",
        Text("คล้ายข้อมูลตัวอย่างที่แต่งขึ้น", "Looks like an invented sample"),
        Text("ลบแถวตัวอย่างออกจากไฟล์", "Take the sample rows out of the file"),
    ),
    Remedy(
        "geometry is not an outline|outline lies outside Thailand",
        Text("เส้นเขตใช้ไม่ได้", "The outline cannot be used"),
        Text(
            "ส่งออกเส้นเขตเป็นรูปหลายเหลี่ยมในพิกัด WGS84 (EPSG:4326)",
            "Export the outlines as polygons in WGS 84 (EPSG:4326)",
        ),
    ),
    Remedy(
        rf"{_COLUMN} (?:is not a code of .*|names no province)",
        Text("รหัส {0} ไม่ใช่รหัสเขตการปกครอง", "{0} is no code of an area"),
        Text("ใช้รหัสของกรมการปกครอง เช่น 10, 1001 หรือ 100101", "Use DOPA's codes: 10, 1001, 100101"),
    ),
    Remedy(
        rf"{_COLUMN} is not the name of a province",
        Text("{0} ไม่ใช่ชื่อจังหวัด", "{0} is no name of a province"),
        Text(
            "เขียนชื่อจังหวัดให้ถูกต้อง เช่น สมุทรสาคร แล้วนำเข้าอีกครั้ง",
            "Write the province's name as it is spelt, as สมุทรสาคร, and read the file again",
        ),
    ),
    Remedy(
        rf"{_COLUMN} (?:is not .*|cannot be read|without a point.*)",
        Text("{0} เป็นค่าที่ระบบไม่รู้จัก", "{0} has a value that is not known"),
        _ASK_PROVIDER,
    ),
)
_COMPILED = tuple((re.compile(one.pattern), one) for one in _REMEDIES)


def remedy_of(reason: str) -> Remedy:
    """What the first that matches says; a reason that none knows, as it is, and a way to go on."""
    for pattern, known in _COMPILED:
        if found := pattern.fullmatch(reason):
            name = next(filter(None, found.groups()), "")
            told = Text(known.reason.th.format(name), known.reason.en.format(name))
            return Remedy(known.pattern, told, known.remedy)
    return Remedy("", Text(reason, reason), _CHECK_VALUE)
