"""Thai names in Latin letters: provinces and districts, whose official spelling is known."""

import csv

import pytest

from geo_api.database.repeatable_migrations import ROOT
from layers.cleaning.provinces import PROVINCES
from layers.methods.name_keys import sound_key
from layers.methods.romanisation import romanise


def test_every_province_but_bangkok_sounds_as_its_official_spelling() -> None:
    wrong = {
        one.name_th: romanise(one.name_th)
        for one in PROVINCES.values()
        if sound_key(romanise(one.name_th)) != sound_key(one.name_en)
    }

    assert wrong == {"กรุงเทพมหานคร": "krungthepmahanakhon"}


def test_nine_of_ten_districts_sound_as_their_official_spelling() -> None:
    with (ROOT / "geo_api" / "demo" / "districts.csv").open(encoding="utf-8") as file:
        named = [
            (row["name_th"].removeprefix("เขต"), row["name_en"]) for row in csv.DictReader(file)
        ]

    right = [th for th, en in named if sound_key(romanise(th)) == sound_key(en)]

    assert len(named) == 928
    assert len(right) > 0.9 * len(named)


@pytest.mark.parametrize(
    ("thai", "latin"),
    [
        ("บางปู", "bangpu"),
        ("น้ำตาล", "namtan"),
        ("ท่าเรือ", "tharuea"),
        ("ห้วยยอด", "huaiyot"),
        ("สวนหลวง", "suanluang"),
        ("เกาะเต่า", "kotao"),
        ("หาดใหญ่", "hatyai"),
        ("ต่างๆ", "tangtang"),
    ],
)
def test_syllables_follow_the_rules(thai: str, latin: str) -> None:
    assert romanise(thai) == latin


def test_what_is_not_thai_stays() -> None:
    assert romanise("บางปู (North) 2") == "bangpu (North) 2"


def test_any_thai_characters_in_any_order_are_taken() -> None:
    assert isinstance(romanise("".join(map(chr, range(0x0E01, 0x0E4F)))[::-1]), str)
    assert romanise("์ๆะ") == ""
