"""Seasons and limits as dated data: what is shipped, and what an officer adds."""

from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.cane_seasons import SOURCE


def load(connection: Connection, folder: Path, text: str) -> Tally:
    file = folder / "seasons.csv"
    file.write_text(text, encoding="utf-8")
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_what_was_found_is_shipped_and_what_was_not_is_empty(connection: Connection) -> None:
    found = rows(
        connection,
        "SELECT season, opened_on::text, closed_on::text, daily_cap_pct, season_cap_pct"
        " FROM cane_season WHERE season >= 2021 ORDER BY season",
    )

    assert found == [
        (2021, "2021-12-07", "2022-05-07", 5.0, None),
        (2022, "2022-12-01", None, None, None),
        (2023, "2023-12-10", None, None, None),
        (2024, "2024-12-06", "2025-04-07", 25.0, None),
        (2025, "2025-12-01", None, 20.0, 10.0),
    ]
    assert rows(connection, "SELECT count(*) FROM cane_season WHERE source = ''") == [(0,)]
    assert rows(
        connection, "SELECT opened_on::text FROM cane_opening WHERE (season, area) = (2024, '71')"
    ) == [("2025-01-02",)]


def test_an_officer_adds_a_season_and_what_was_not_known_of_another(
    fresh: Connection, tmp_path: Path
) -> None:
    tally = load(
        fresh,
        tmp_path,
        "ฤดู,วันเปิดหีบ,วันปิดหีบ,เพดานรายวัน (%),พื้นที่,แหล่งที่มา\n"
        "2569/70,1 ธ.ค. 2569,,15,,ประกาศ\n2568/69,2025-12-01,2026-04-03,,,ประกาศ\n"
        "2569/70,5 ธ.ค. 2569,,,northeast,ประกาศ\n2569/70,5 ธ.ค. 2569,,,atlantis,ประกาศ\n",
    )

    assert tally.reasons == {"area names no province": 1}
    assert rows(
        fresh,
        "SELECT closed_on::text, daily_cap_pct FROM cane_season WHERE season >= 2025 ORDER BY 1",
    ) == [("2026-04-03", 20.0), (None, 15.0)]
    assert rows(fresh, "SELECT area FROM cane_opening WHERE season = 2026") == [("northeast",)]
