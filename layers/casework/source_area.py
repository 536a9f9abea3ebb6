"""Where complaints come from: what may be asked, and in the words that staff read what is told, and
why nothing is."""

from layers.model import Text

DEFAULT_DAYS, MOST_DAYS = 120, 400
# Of the box, so that its plane is right.
MOST_KM = 60.0
METHOD = Text(
    "ความน่าจะเป็นของทิศลมรายจุดรับ เทียบกับชั่วโมงเดียวกันของวันอื่น สุ่มวันและสถานที่ซ้ำ รุ่น 1",
    "likelihood of winds by receptor against the same hours of other days, with days and places"
    " resampled, version 1",
)
NOTE = Text(
    "ใช้คัดกรองเท่านั้น: เป็นพื้นที่ที่ควรไปตรวจ ไม่ได้ชี้โรงงานใด",
    "Screening alone: an area to look at, which names no site",
)
# By the reasons of layers.methods.source_area.
REASONS = {
    "few_reports": Text(
        "เรื่องที่รู้เวลาและลมมีน้อยเกินไป ต้องมีอย่างน้อย 30 เรื่องใน 10 วัน",
        "Too few complaints with a known hour and wind: it takes 30, on 10 days",
    ),
    "short_period": Text(
        "ช่วงเวลาสั้นเกินไป เลือกอย่างน้อย 24 วัน", "The period is too short: choose 24 days or more"
    ),
    "no_wind": Text(
        "ลมสงบ หรือไม่มีสถานีวัดลมใกล้พอ ในเวลาที่แจ้งมากกว่าครึ่ง",
        "For more than half of the complaints it was calm, or no station is near",
    ),
    "not_the_wind": Text(
        "ทิศลมอธิบายเรื่องเหล่านี้ไม่ได้ดีกว่าลมของวันอื่น",
        "The winds of these hours explain them no better than those of other days",
    ),
    "rotated_winds_fit": Text(
        "ลมที่หมุนไปทิศอื่นอธิบายได้ดีกว่า: ไม่มีจุดเดียวที่เป็นที่มา หรือเครื่องวัดลมผิด",
        "Winds turned elsewhere explain them better: there is no one source, or vanes are wrong",
    ),
}
