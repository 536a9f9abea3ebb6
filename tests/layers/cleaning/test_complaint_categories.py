"""Which reports are of emissions; the sentences are made up."""

import pytest

from layers.cleaning.complaint_categories import complaint_category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("มีกลิ่นเหม็นจากโรงงานทุกคืน", "odour"),
        ("ได้กลิ่นสารเคมีแสบจมูก", "chemical_vapour"),
        ("ควันดำลอยเข้าบ้าน", "dust_smoke"),
        ("มีการเผาขยะหลังหมู่บ้าน", "dust_smoke"),
        ("เครื่องจักรเสียงดังทั้งคืน", "noise"),
        ("บ้านสั่นสะเทือนเวลาเครื่องตอกทำงาน", "vibration"),
        ("โรงงานปล่อยน้ำเสียลงคลอง", "wastewater"),
        ("ลักลอบทิ้งกากอุตสาหกรรมในบ่อดิน", "hazardous_waste"),
        ("มีโรงงานรีไซเคิลเปิดโดยไม่มีใบอนุญาต", "unlicensed"),
        ("ฝาบ่อพักน้ำเสียชำรุด", None),
        ("ทางเท้าพัง ไฟถนนดับ", None),
    ],
)
def test_the_words_tell_the_category(text: str, category: str | None) -> None:
    assert complaint_category([], text) == category


def test_the_words_count_before_the_labels() -> None:
    assert complaint_category(["PM2.5"], "กลิ่นเหม็นมาก") == "odour"
    assert complaint_category(["ถนน", "PM2.5"], "ช่วยมาดูหน่อย") == "dust_smoke"


def test_a_label_of_a_place_makes_no_emission() -> None:
    assert complaint_category(["ถนน", "ความสะอาด", "ร้องเรียน"], "ช่วยมาดูหน่อย") is None
