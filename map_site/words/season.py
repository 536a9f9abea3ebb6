"""Season against seasons."""

from layers.model import Text

WORDS = {
    "title": Text(
        "ฤดูเผา {season} เทียบฤดูก่อน · {first} ถึง {last}",
        "Burning season {season} against earlier ones · {first} to {last}",
    ),
    "season": Text("ฤดู", "Season"),
    "detections": Text("จุดความร้อนถึง {day}", "Hotspots to {day}"),
    "compared": Text("ที่เทียบกันได้", "Comparable"),
    "change": Text("ฤดูนี้ต่างไป (ช่วง 95 %)", "This season against it (95 %)"),
    "cane": Text("ในไร่อ้อย", "On cane land"),
    "this": Text("ฤดูนี้", "this season"),
    "partial": Text("ข้อมูลไม่ครบ ไม่เทียบ", "incomplete: not compared"),
    "other_satellites": Text("ดาวเทียมต่างชุด ไม่เทียบ", "other satellites: not compared"),
    "few": Text("น้อยเกินกว่าจะเทียบ", "too few to compare"),
    "few_weeks": Text("(ไม่ถึงสี่สัปดาห์)", "(fewer than four weeks)"),
    "no_satellites": Text("ไม่มี", "none"),
    "unknown_satellite": Text("ไม่ระบุดาวเทียม", "satellite not told"),
    "note": Text(
        "เส้น: จุดความร้อนสะสมในเขตจังหวัดจากดาวเทียมที่มีทุกฤดูที่เทียบ คือ {satellites}"
        " ไม่นับความร้อนจากอุตสาหกรรมที่อยู่กับที่ และวันที่ 29 ก.พ. ช่วง 95 % มาจากความต่างระหว่างสัปดาห์",
        "Lines: hotspots in provinces, summed up, of the satellites that every season compared has:"
        " {satellites}; static industrial heat and 29 February left out. The interval is of how"
        " much weeks differ.",
    ),
}
