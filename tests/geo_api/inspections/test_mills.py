"""What staff are told of a mill: its periods, its rank and the way to the map; and who is not."""

from datetime import date

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import staff_of
from geo_api.database.connections import PrivateWrites
from geo_api.http.staff import SESSION_COOKIE
from geo_api.inspections.mills import mill_account
from layers.casework.mills import MillNotFound
from layers.casework.staff import NotAllowed
from tests.makers import mill, session_of, staff_account


@pytest.fixture
def token(connection: Connection) -> str:
    """The session of a national member of staff, with a mill of which two periods are known."""
    mill(connection, "demo-7")
    return session_of(connection, staff_account(connection, "national"))


def test_a_fortnight_has_its_fires_what_was_declared_the_limit_the_rank_and_the_map(
    token: str, client: TestClient
) -> None:
    client.cookies.set(SESSION_COOKIE, token)

    answer = client.get("/api/mills/demo-7/burning", params={"fortnight": "2025-12-09"})

    told = answer.json()
    [period] = told["periods"]
    assert (told["mill"], told["season"], period["span"]) == ("10740000125555", 2025, "fortnight")
    assert (period["fires"], period["burnt_pct"], period["daily_cap_pct"]) == (9.5, 10, 25)
    assert (period["rank"], period["ranked"], period["expected"]) == (3, 51, 4)
    assert told["map"] == "/maps/burning?from=2025-12-01&to=2025-12-15&province=74"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_season_is_told_with_its_fortnights(private: PrivateWrites, token: str) -> None:
    staff = staff_of(private.staff, token)

    found = mill_account(private.staff, staff, "10740000125555", None, None)

    assert [one.span for one in found.periods] == ["season", "fortnight"]
    with pytest.raises(MillNotFound, match="'10740000125555' of the season 2020"):
        mill_account(private.staff, staff, "10740000125555", 2020, None)
    with pytest.raises(MillNotFound, match="2026-01-09"):
        mill_account(private.staff, staff, "10740000125555", None, date(2026, 1, 9))


def test_an_analyst_and_the_public_are_told_nothing(
    connection: Connection, private: PrivateWrites, token: str, client: TestClient
) -> None:
    analyst = staff_of(private.staff, session_of(connection, staff_account(connection, "analyst")))

    with pytest.raises(NotAllowed):
        mill_account(private.staff, analyst, "demo-7", None, None)
    assert client.get("/api/mills/demo-7/burning").status_code == 401
    answer = client.get("/ogc/collections/mill_fortnights/items").json()
    [feature] = answer["features"]
    assert feature["properties"]["fires"] == 9.5
    assert {"expected", "residual", "residual_rank"}.isdisjoint(feature["properties"])


def test_a_season_that_is_no_year_is_refused(token: str, client: TestClient) -> None:
    client.cookies.set(SESSION_COOKIE, token)

    path = "/api/mills/demo-7/burning"
    assert client.get(path, params={"season": "2568/69"}).status_code == 400
    assert "2025" in client.get(path, params={"season": "2568"}).json()["detail"]
    both = {"season": "2023", "fortnight": "2026-01-05"}
    assert client.get(path, params=both).status_code == 400
    assert client.get("/api/mills/%00/burning").status_code == 400
