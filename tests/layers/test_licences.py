"""Whose data may be used how is said in Thai; codes and names stay as they are."""

import re

import pytest

from layers.catalog import catalog
from layers.licences import attribution_text, licence_text

# Of licences, of providers and of mechanisms.
NAMES = {
    *("CC", "BY", "IGO", "CC-BY-4.0", "BY-IGO"),
    *("NASA", "FIRMS", "GISTDA", "Open-Meteo", "Air4Thai", "COD-AB", "CDM"),
}


@pytest.mark.parametrize("licence", sorted({one.licence for one in catalog().values()}))
def test_every_licence_has_thai_words_and_keeps_its_codes(licence: str) -> None:
    thai = licence_text(licence, "th")
    latin = set(re.findall(r"[A-Za-z][\w.-]*\w", thai, re.ASCII))

    assert latin <= NAMES
    assert re.findall(r"CC[- ]BY[-\w.]*", thai) == re.findall(r"CC[- ]BY[-\w.]*", licence)
    assert licence_text(licence, "en") == licence


def test_a_licence_without_thai_words_is_told_as_it_was_declared() -> None:
    assert licence_text("ODbL-1.0", "th") == "ODbL-1.0"


@pytest.mark.parametrize("declared", sorted({one.attribution for one in catalog().values()}))
def test_an_attribution_is_told_in_the_language_that_is_read(declared: str) -> None:
    thai, english = (attribution_text(declared, language) for language in ("th", "en"))

    assert not re.search("[ก-๛]", english)
    assert " / " not in thai + english and len(thai.split("; ")) == len(english.split("; "))
    assert ("(PCD)" in english) == ("(PCD)" in declared)


def test_an_attribution_without_english_words_is_told_as_it_was_declared() -> None:
    assert attribution_text("เทศบาล; OCHA", "en") == "เทศบาล; OCHA"
