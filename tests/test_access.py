"""Who may see what: every role, every route, every table, every export and tile.

`pytest tests/test_access.py -rP` prints the whole matrix.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from starlette.routing import Mount

from geo_api.accounts.api_keys import keys, make_key
from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.accounts.sealing import Sealer
from geo_api.app import create_app
from geo_api.database.connections import (
    ACCOUNTS,
    CONTACTS,
    READER,
    STAFF,
    Pool,
    PrivateWrites,
    WritePool,
    Writes,
)
from geo_api.database.logins import login_url
from geo_api.http.staff import SESSION_COOKIE, csrf_token
from geo_api.settings import Settings
from layers.catalog import catalog
from tests.access import (
    BODIES,
    CLOSED,
    FUNCTIONS,
    OF_ALL_STAFF,
    OF_POSTGIS,
    OPEN,
    READ_PUBLISHED,
    ROLES,
    TABLES,
    VALUES,
)
from tests.geo_api.inspections.edits import asked_of, edit
from tests.makers import complaint, factory, insert, province, session_of, staff_account

SCOPES = {"intake key": "intake", "read key": "read", "work key": "work"}
# By which an answer tells something of a planted complaint: its id, its exact place, its words, its
# address, whom to answer.
PLANTED = {
    "74": ("case-in-74", "100.234567", "13.554321", "ถ้อยคำของ74", "บ้านของ74", "ผู้ร้องของ74"),
    "21": ("case-in-21", "101.234567", "12.754321", "ถ้อยคำของ21", "บ้านของ21", "ผู้ร้องของ21"),
}


@dataclass(frozen=True)
class World:
    """A service over committed rows, and the accounts by role."""

    app: FastAPI
    browser: TestClient
    connection: Connection
    accounts: Writes
    by_role: dict[str, int]
    secret: bytes
    inspection: str

    @property
    def ids(self) -> dict[str, str]:
        """Of the case in Samut Sakhon, and of what belongs to it."""
        case = PLANTED["74"][0]
        return {
            **dict.fromkeys(("complaint", "service_request_id", "token"), case),
            "inspection": self.inspection,
            "photo": "0" * 32,
        }

    def ask(self, role: str, method: str, path: str, **more: Any) -> Any:
        """As a page of ours, or a program with a key of the officer, would."""
        headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
        self.browser.cookies.clear()
        credential = self.credential(role)
        if role in SCOPES:
            headers["Authorization"] = f"Bearer {credential}"
        elif credential:
            self.browser.cookies.set(SESSION_COOKIE, credential)
            headers["X-CSRF-Token"] = csrf_token(self.secret, credential)
        return self.browser.request(method, path, headers=headers, **more)

    def credential(self, role: str) -> str:
        """A new key or session of the role; the public has none."""
        if role in SCOPES:
            return self.key("officer", SCOPES[role])
        if role == "public":
            return ""
        token = session_of(self.connection, self.by_role[role])
        self.connection.commit()
        return token

    def key(self, role: str, scope: str) -> str:
        """A new API key of an account."""
        with self.connection.cursor() as cursor:
            cursor.execute("DELETE FROM api_key")
        self.connection.commit()
        lasts, now = timedelta(days=1), datetime.now(UTC)
        return make_key(self.accounts, self.by_role[role], "x", [scope], lasts, now, None)


@pytest.fixture
def world(fresh: Connection, fresh_url: str, settings: Settings) -> Iterator[World]:
    province(fresh)
    province(fresh, "21", name_th="ระยอง", name_en="Rayong")
    factory(fresh)
    sealer = Sealer(settings)
    for code, (id, lon, lat, words, address, name) in PLANTED.items():
        more = {"province_code": code, "address": address}
        complaint(fresh, id, "2026-01-05", lon=float(lon), lat=float(lat), **more)
        insert(fresh, "complaint_text", complaint_id=id, text=words)
        insert(fresh, "complaint_event", complaint_id=id, kind="received", why=words)
        sealed = sealer.seal(json.dumps({"name": name}).encode())
        insert(fresh, "contact.complainant", complaint_id=id, sealed=sealed)
    by_role = {
        "officer": staff_account(fresh, province_code="74"),
        "other": staff_account(fresh, province_code="21"),
        **{role: staff_account(fresh, role) for role in ("analyst", "national", "admin")},
    }
    fresh.commit()
    reads = Pool(login_url(fresh_url, READER), 4)
    pools = [WritePool(login_url(fresh_url, role), 2) for role in (STAFF, ACCOUNTS, CONTACTS)]
    app = create_app(reads, settings, private=PrivateWrites(*pools))
    visit = edit(PLANTED["74"][0], notes=PLANTED["74"][3])
    token = session_of(fresh, by_role["officer"])
    fresh.commit()
    inspector = staff_of(pools[0], token)
    [receipt] = asked_of(pools[0]).sync(inspector, [visit])
    assert receipt.status == "stored", receipt
    with TestClient(app, follow_redirects=False) as browser:
        secret = app.state.service.cursor_secret
        yield World(app, browser, fresh, pools[1], by_role, secret, str(visit.inspection))
    reads.close()
    for pool in pools:
        pool.close()


def routes(app: FastAPI) -> dict[str, str]:
    """Every method and path, with the path as it is declared."""

    def within(found: Any) -> Iterator[Any]:
        for one in found:
            inner = getattr(one, "original_router", None)
            yield from within(inner.routes) if inner is not None else (one,)

    found: dict[str, str] = {}
    for one in within(app.routes):
        assert isinstance(one, APIRoute | Mount), one
        for method in getattr(one, "methods", None) or ("GET",):
            path = one.path.replace(":uuid}", "}")
            found[f"{method} {path}"] = path
    return found


def cell(answer: Any) -> str:
    """The status, and of which complaints the answer tells something, but for the address that was
    asked."""
    asked = str(answer.request.url)
    told = [
        code
        for code, marks in PLANTED.items()
        if any(mark in answer.text for mark in marks if mark not in asked)
    ]
    return " ".join([str(answer.status_code), *told])


def show(title: str, heads: tuple[str, ...], lines: dict[str, tuple[str, ...]]) -> None:
    """Prints a table."""
    first = max(map(len, [title, *lines]))
    widths = [
        max(len(head), *(len(cells[place]) for cells in lines.values()))
        for place, head in enumerate(heads)
    ]
    for name, cells in {title: heads, **lines}.items():
        row = "  ".join(text.ljust(width) for text, width in zip(cells, widths, strict=True))
        sys.stdout.write(f"{name.ljust(first)}  {row}".rstrip() + "\n")
    sys.stdout.write("\n")


def test_every_route_is_written_down_and_no_other(world: World) -> None:
    found = set(routes(world.app))

    assert found - set(OPEN) - set(CLOSED) == set(), "tests/access.py says who may ask for these"
    assert set(OPEN) | set(CLOSED) <= found
    assert set(OPEN) & set(CLOSED) == set()


def test_what_is_open_is_the_same_for_all_and_tells_nothing_of_a_complaint(world: World) -> None:
    lines = {}
    for name, address in OPEN.items():
        method, _, _ = name.partition(" ")
        path = address.replace(":path}", "}").format(**VALUES)
        answers = [world.ask(role, method, path, **BODIES.get(name, {})) for role in ROLES]
        lines[name] = tuple(map(cell, answers))
    show("open to all", ROLES, lines)

    assert {name: cells for name, cells in lines.items() if len(set(cells)) > 1} == {}
    telling = {name: cells[0] for name, cells in lines.items() if not cells[0].isdigit()}
    assert telling == {}
    assert {name: cells[0] for name, cells in lines.items() if cells[0] >= "500"} == {}


def test_what_is_closed_is_answered_to_each_role_as_written_down(world: World) -> None:
    def asked(role: str, name: str) -> str:
        method, _, path = name.partition(" ")
        number = ""
        if "{key}" in path:
            world.key("officer", "read")
            [one] = keys(world.accounts, world.by_role["officer"])
            number = str(one.id)
        values = {**VALUES, **world.ids, "id": world.ids["complaint"], "key": number}
        if "/inspections/" in path:
            values["id"] = world.ids["inspection"]
        if "/factories/" in path:
            values["id"] = "factory-1"
        body = BODIES.get(name, {})
        return cell(world.ask(role, method, path.format(**values), **body))

    lines = {name: tuple(asked(role, name) for role in ROLES) for name in CLOSED}
    show("for staff", ROLES, lines)

    differing = {
        name: (cells, CLOSED[name]) for name, cells in lines.items() if cells != CLOSED[name]
    }
    assert differing == {}


def test_no_layer_download_or_tile_tells_anybody_more_than_the_public(world: World) -> None:
    names = [layer.name for layer in catalog().values() if not layer.raster]
    ways = (
        "/ogc/collections/{}/items?limit=100",
        "/ogc/collections/{}/items?f=csv",
        "/tiles/{}/6/50/29.mvt",
    )
    asking = ("public", "admin", "read key")
    lines = {}
    for name in names:
        for way in ways:
            path = way.format(name)
            lines[path] = tuple(cell(world.ask(role, "GET", path)) for role in asking)
    show("layers, downloads and tiles", asking, lines)

    assert {path: cells for path, cells in lines.items() if set(cells) != {"200"}} == {}


RIGHTS = """
    SELECT
        n.nspname || '.' || t.relname, substr(r.rolname, 8), t.relrowsecurity, n.nspname,
        concat(
            CASE WHEN has_any_column_privilege(r.oid, t.oid, 'SELECT') THEN 'S' END,
            CASE WHEN has_any_column_privilege(r.oid, t.oid, 'INSERT') THEN 'I' END,
            CASE WHEN has_any_column_privilege(r.oid, t.oid, 'UPDATE') THEN 'U' END,
            CASE WHEN has_table_privilege(r.oid, t.oid, 'DELETE') THEN 'D' END,
            CASE WHEN has_table_privilege(r.oid, t.oid, 'TRUNCATE') THEN 'T' END
        )
    FROM pg_class AS t
    JOIN pg_namespace AS n ON n.oid = t.relnamespace
    CROSS JOIN pg_roles AS r
    WHERE t.relkind IN ('r', 'p', 'v', 'm', 'f') AND r.rolname ~ '^fahsai_'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND has_schema_privilege(r.oid, n.oid, 'USAGE')
    ORDER BY 1, 2
"""
CALLABLE = """
    SELECT p.proname, array_agg(DISTINCT substr(r.rolname, 8) ORDER BY substr(r.rolname, 8))
    FROM pg_proc AS p
    JOIN pg_namespace AS n ON n.oid = p.pronamespace
    CROSS JOIN pg_roles AS r
    WHERE p.prosecdef AND p.prorettype <> 'trigger'::regtype AND r.rolname ~ '^fahsai_'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND has_schema_privilege(r.oid, n.oid, 'USAGE')
        AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
        -- PostGIS's own asks whether the session may read the table.
        AND p.proname <> 'st_estimatedextent'
    GROUP BY p.proname
"""


def test_each_role_of_the_database_has_the_rights_that_are_written_down(
    connection: Connection,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
        found = [row for row in cursor.fetchall() if row[4]]
        cursor.execute(CALLABLE)
        functions = {name: tuple(roles) for name, roles in cursor.fetchall()}
    published = {(name, role): letters for name, role, _, of, letters in found if of == "published"}
    former_schemas = ("published_as_of", "published_changes")
    held: dict[str, dict[str, str]] = {}
    for name, role, _, of, letters in found:
        if of not in ("published", *former_schemas) and name not in OF_POSTGIS:
            held.setdefault(name, {})[role] = letters
    roles = ("reader", "writer", "staff", "accounts", "contacts", "jobs")
    lines = {name: tuple(held[name].get(role, "-") for role in roles) for name in held}
    lines["published.*"] = tuple("S" if role in READ_PUBLISHED else "-" for role in roles)
    show("rights on tables", roles, lines)
    called = {
        name: tuple("yes" if r in may else "-" for r in roles) for name, may in functions.items()
    }
    show("functions with their owner's rights", roles, called)

    assert held == TABLES
    assert set(published.values()) == {"S"}
    former = {(role, letters) for _, role, _, of, letters in found if of in former_schemas}
    assert former == {(role, "S") for role in READ_PUBLISHED}
    assert {role for _, role in published} == set(READ_PUBLISHED)
    unguarded = {name for name, role, guarded, *_ in found if role == "staff" and not guarded}
    private = {name for name in unguarded if not name.startswith("published")}
    assert private - OF_POSTGIS == OF_ALL_STAFF
    assert functions == FUNCTIONS


def test_each_role_sees_the_rows_of_its_own_cases_alone(world: World, fresh_url: str) -> None:
    guarded = {
        "complaint": "id",
        "complaint_text": "complaint_id",
        "complaint_event": "complaint_id",
    }
    pool = WritePool(login_url(fresh_url, STAFF), 1)

    def seen(role: str, table: str) -> str:
        with as_holder(pool, world.credential(role)) as transaction:
            rows = transaction.fetch(f"SELECT DISTINCT {guarded[table]} FROM {table}")
        ids = {id for (id,) in rows}
        return " ".join(code for code, marks in PLANTED.items() if marks[0] in ids) or "-"

    lines = {table: tuple(seen(role, table) for role in ROLES) for table in guarded}
    pool.close()
    show("rows of cases", ROLES, lines)

    expected = ("-", "74", "21", "-", "74 21", "74 21", "-", "74", "-")
    assert lines == dict.fromkeys(guarded, expected)


IDS = (
    *("case-in-21", "nothing", "%00", "' OR '1'='1", "../../etc/passwd", "😀", "a" * 5000),
    *("-1", "99999999999999999999"),
)


@pytest.mark.parametrize("id", IDS)
def test_the_id_of_anothers_case_is_answered_as_one_that_is_none(id: str, world: World) -> None:
    escaped = id if id == "%00" else quote(id, safe="")
    answer = world.ask("officer", "POST", f"/api/staff/complaints/{escaped}/contact")

    assert answer.status_code in (400, 404, 405)
    assert not any(mark in answer.text for mark in PLANTED["21"][1:])
