"""What a page says of the fires that a station's air met, and what it must not."""

from dataclasses import replace
from datetime import date

import pytest

from layers.reports.measures import Series
from layers.reports.place import FiresOnTheWay
from map_site.fires_on_the_way import fires_said
from map_site.words import words

DAYS = Series(date(2026, 1, 20), "day", (None, 2.0, 4.0))
WAY = FiresOnTheWay(
    *("more", None, 4.0, 2.0, 7.25, 1.0, 1 / 29, False),
    from_deg=350,
    distance_m=120_000,
    by_day=DAYS,
    others_by_day=DAYS,
)


def test_the_sentence_has_the_fires_with_their_band_beside_those_of_other_days() -> None:
    assert fires_said(WAY, "en") == (
        "Its air was some 120 km to the north a day before. On its way it met 4 hotspots in a mean"
        " hour (2 to 7.25), more than on other days (1, p 0.03)."
    )
    assert "มากกว่าวันอื่น" in fires_said(WAY, "th") and "ทางเหนือราว" in fires_said(WAY, "th")


def test_no_more_than_on_other_days_is_said_so() -> None:
    assert "no more than on other days" in fires_said(replace(WAY, finding="no_more"), "en")


@pytest.mark.parametrize(("reason", "told"), [("calm", "Calm"), ("no_wind", "No wind known")])
def test_where_nothing_can_be_said_the_reason_is(reason: str, told: str) -> None:
    way = replace(WAY, finding="abstained", abstained=reason, fires=None, p=None, from_deg=None)

    assert fires_said(way, "en") == f"Of fires along the air's way nothing can be said: {told}"


def test_it_is_never_called_a_cause() -> None:
    told = [text for name, text in words()["place"].items() if name.startswith("way_")]

    assert any("does not prove a cause" in text.en for text in told)
    assert not any("caused by" in text.en or "due to" in text.en for text in told)
