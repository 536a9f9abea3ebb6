"""Traffy Fondue: two exports and a search, and how little of them the public sees."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.ingest.loading import file_payloads, ingest
from layers.model import Ask, Request, UnusableSetting
from layers.sources.traffy import SOURCE
from tests.layers.sources.reading import RECEIVED, SAMPLES, parsed, values_of, written

FOLDER = SAMPLES / "traffy"


def complaints(path: Path) -> list[dict[str, Any]]:
    return values_of(parsed(SOURCE, path)[0], "complaint")


def test_the_first_export_is_read() -> None:
    first = complaints(FOLDER / "teamchadchart.csv")[0]

    assert first == {
        "source": "traffy",
        "ticket_id": "2023-AAAAAA",
        "category": "chemical_vapour",
        "status": "open",
        "reported_at": datetime(2023, 5, 11, 18, 30, 0, 1, tzinfo=UTC),
        "last_activity_at": datetime(2023, 5, 11, 18, 30, 0, 1, tzinfo=UTC),
        "lon": 100.28123,
        "lat": 13.54987,
        "text": "มีกลิ่นสารเคมี\nจากโรงงานตัวอย่าง ทุกคืน",
    }


def test_the_second_export_and_the_search_are_read() -> None:
    exported = complaints(FOLDER / "fondue.csv")
    searched = complaints(FOLDER / "live.json")

    assert [(c["category"], c["status"], c["lon"]) for c in exported] == [
        ("chemical_vapour", "closed", 100.28123),
        ("dust_smoke", "forwarded", 100.289),
        (None, None, 100.5),
    ]
    assert [(c["category"], c["status"], c["lat"]) for c in searched] == [
        ("dust_smoke", "open", 13.54987),
        ("noise", "in_progress", 13.55),
    ]


def test_a_last_activity_that_cannot_be_read_leaves_the_report(tmp_path: Path) -> None:
    export = (FOLDER / "teamchadchart.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "odd.csv").write_text(export.replace(",0,2023-05-11 18:30:00.000001+00", ",0,soon"))

    rows, rejected = parsed(SOURCE, tmp_path / "odd.csv")

    assert len(rows) == len(parsed(SOURCE, FOLDER / "teamchadchart.csv")[0])
    assert ("last_activity is not a time: left empty", True) in [
        (one.reason, one.stored) for one in rejected
    ]


def test_what_is_no_emission_is_kept_without_its_words() -> None:
    street_light = complaints(FOLDER / "teamchadchart.csv")[2]

    assert (street_light["category"], street_light["text"]) == (None, None)


def test_a_report_without_a_ticket_is_named_by_its_time_and_place() -> None:
    rows, rejected = parsed(SOURCE, FOLDER / "teamchadchart.csv")

    made_up = values_of(rows, "complaint")[1]["ticket_id"]
    assert made_up.startswith("unnumbered-")
    assert made_up == complaints(FOLDER / "teamchadchart.csv")[1]["ticket_id"]
    assert [(r.reason, r.stored) for r in rejected] == [
        ("no ticket id: named by its time and place", True),
        ("latitude and longitude were swapped: put back in order", True),
    ]


def test_the_quarantine_holds_no_words_no_photo_and_no_address(tmp_path: Path) -> None:
    cut = (FOLDER / "teamchadchart.csv").read_text() + "2023-XXXXXX,{},หน่วยงาน,คำร้องที่ขาด\n"

    _, rejected = parsed(SOURCE, written(tmp_path / "cut.csv", cut))

    told = " ".join(f"{r.record.raw} {r.detail}" for r in rejected)
    assert len(rejected) == 3
    assert not any(word in told for word in ("คำร้อง", "ดังทั้งคืน", "example.org", "ที่อยู่"))


def test_an_unknown_state_is_told_and_stored_without() -> None:
    _, rejected = parsed(SOURCE, FOLDER / "fondue.csv")

    assert [(r.reason, r.detail, r.stored) for r in rejected] == [
        ("unknown state, stored without one", "'ยังไม่รู้'", True)
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_the_latest_state_of_a_ticket_stands_in_whatever_order(
    fresh: Connection, order: int
) -> None:
    files = [FOLDER / "teamchadchart.csv", FOLDER / "fondue.csv"][::order]
    for path in files:
        ingest(fresh, SOURCE, file_payloads([path]), path.name)

    again = ingest(fresh, SOURCE, file_payloads(files), "both again")

    assert (again.inserted, again.updated) == (0, 0)
    assert fetched(fresh, "SELECT status FROM complaint WHERE ticket_id = '2023-AAAAAA'") == [
        ("closed",)
    ]
    assert fetched(fresh, "SELECT count(*), count(category) FROM complaint") == [(6, 4)]
    assert fetched(fresh, "SELECT count(*) FROM complaint_text") == [(4,)]


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def settings(**given: str) -> dict[str, str]:
    return {s.variable: s.default for s in SOURCE.settings if s.default is not None} | given


def test_pages_are_turned_until_one_is_short_or_old() -> None:
    assert SOURCE.requests is not None
    assert SOURCE.more is not None
    (first,) = SOURCE.requests(Ask(RECEIVED, settings()))
    new = [{"timestamp": "2026-11-21 05:00:00+00"}] * 500
    old = [*new[1:], {"timestamp": "2026-11-18 23:59:00+00"}]

    second = SOURCE.more(first, {"results": new})

    assert isinstance(second, Request)
    assert (second.params["offset"], second.context) == ("500", {"since": "2026-11-19"})
    assert SOURCE.more(second, {"results": new[1:]}) is None
    assert SOURCE.more(second, {"results": old}) is None


def test_a_page_that_fails_is_asked_again_smaller_and_so_are_those_after_it() -> None:
    assert SOURCE.requests is not None
    assert SOURCE.more is not None
    assert SOURCE.smaller is not None
    (first,) = SOURCE.requests(
        Ask(RECEIVED, settings(FAHSAI_TRAFFY_PAGE="400", FAHSAI_TRAFFY_PAUSE_S="2.5"))
    )

    smaller = SOURCE.smaller(first)
    assert smaller is not None
    second = SOURCE.more(smaller, {"results": [{"timestamp": "2026-11-21 05:00:00+00"}] * 100})

    assert second is not None
    assert second.params == {"limit": "100", "offset": "100"}
    assert second.pause_s == 2.5
    smallest = SOURCE.smaller(second)
    assert smallest is not None
    assert SOURCE.smaller(smallest) is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FAHSAI_TRAFFY_PAGE", "0"),
        ("FAHSAI_TRAFFY_PAGE", "many"),
        ("FAHSAI_TRAFFY_PAUSE_S", "-1"),
        ("FAHSAI_TRAFFY_PAUSE_S", "long"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    assert SOURCE.requests is not None

    with pytest.raises(UnusableSetting, match=f"{variable} must be"):
        list(SOURCE.requests(Ask(RECEIVED, settings(**{variable: value}))))


def test_every_real_report_is_read_and_nothing_of_its_words_is_published(
    shared_data: Path, fresh: Connection
) -> None:
    files = sorted((shared_data / "complaints_traffy").glob("*.csv.gz"))

    tally = ingest(fresh, SOURCE, file_payloads(files), "real")

    assert (tally.read, tally.inserted, tally.quarantined, tally.warnings) == (2000, 2000, 0, 22)
    assert fetched(fresh, "SELECT count(*) FROM complaint WHERE category IS NOT NULL") == [(274,)]
    assert (
        fetched(
            fresh,
            "SELECT table_name FROM published.reads WHERE table_name ~ '^complaint$'"
            " OR table_name = 'complaint_text'",
        )
        == []
    )


@pytest.mark.parametrize(
    "time", ["0001-01-02 00:00:00+07", "1825-01-01 00:00:00+00", "9999-12-30 23:59:59-07"]
)
def test_a_time_of_another_era_is_quarantined(time: str, tmp_path: Path) -> None:
    header = "ticket_id,type,comment,coords,timestamp,state"
    report = f'2023-AAAAAA,{{กลิ่น}},คำร้อง,"100.5,13.7",{time},เสร็จสิ้น'

    rows, rejected = parsed(SOURCE, written(tmp_path / "odd.csv", f"{header}\n{report}\n"))

    assert rows == []
    assert len(rejected) == 1
    assert rejected[0].reason in {"time is not that of an observation", "timestamp is not a time"}
