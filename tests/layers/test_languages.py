"""Words of one language in a page of another are marked; all of them are escaped."""

import pytest

from layers.languages import in_its_language
from layers.model import unit_beside, unit_text


@pytest.mark.parametrize(
    ("text", "language", "html"),
    [
        ("กรมควบคุมมลพิษ (PCD)", "en", '<span lang="th">กรมควบคุมมลพิษ</span> (PCD)'),
        ("บริษัท ก 10 จำกัด", "en", '<span lang="th">บริษัท ก 10 จำกัด</span>'),
        ("<b> & Loei", "en", "&lt;b&gt; &amp; Loei"),
        ("<ก>", "en", '&lt;<span lang="th">ก</span>&gt;'),
        ("กรมควบคุมมลพิษ (PCD)", "th", "กรมควบคุมมลพิษ (PCD)"),
        ("facts only", "th", '<span lang="en">facts only</span>'),
        ("12.5", "th", "12.5"),
    ],
)
def test_what_is_of_the_other_language_is_marked(text: str, language: str, html: str) -> None:
    assert str(in_its_language(text, language)) == html


def test_a_unit_that_thai_has_a_word_for_is_that_word() -> None:
    assert (unit_text("hp").th, unit_text("hp").en) == ("แรงม้า", "hp")
    assert unit_text("µg/m³").th == "µg/m³"


def test_a_unit_is_not_said_twice() -> None:
    assert unit_beside("แรงม้า", "hp", "th") is None
    assert unit_beside("ความเร็วลม", "m/s", "th") == "ม./วินาที"
