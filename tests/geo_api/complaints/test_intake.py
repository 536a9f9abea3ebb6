"""What is kept of a complaint as it comes in, and what its sender is told."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints.intake import progress, receive
from geo_api.complaints.photos import PhotoStore
from geo_api.complaints.tracking_codes import tracking_hash
from geo_api.database.connections import Writes
from layers.casework.intake import (
    BadReport,
    Contact,
    NewComplaint,
    Position,
    Received,
    ReportNotFound,
)
from tests.geo_api.complaints.pictures import picture
from tests.makers import box, insert, province

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
SMELL = NewComplaint(
    "form", "odour", "เหม็นสารเคมี", Position(100.25, 13.55, 12.0), client_id="a" * 32
)


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def sealed(text: bytes) -> bytes:
    return b"sealed:" + text[::-1]


def received(writes: Writes, store: PhotoStore, **changed: Any) -> Received:
    return receive(writes, replace(SMELL, **changed), store, NOW, sealed)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def areas(connection: Connection) -> None:
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    named = {"name_th": "เมือง", "name_en": "Mueang", "source": "boundaries"}
    insert(
        connection,
        "district",
        code="7401",
        province_code="74",
        wkt=box(100.2, 13.4, 100.5, 13.8),
        **named,
    )
    insert(
        connection,
        "subdistrict",
        code="740103",
        district_code="7401",
        wkt=box(100.2, 13.5, 100.3, 13.6),
        **named,
    )


def test_all_that_was_told_is_kept_and_the_contact_only_sealed(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    areas(connection)
    last_night = NOW - timedelta(hours=7)

    answer = received(
        writes,
        store,
        address="ซอยวัด",
        happened_at=last_night,
        device_at=NOW - timedelta(minutes=3),
        strength=4,
        contact=Contact("สมหญิง", "081 234 5678"),
        photos=(picture(), picture("PNG")),
    )

    assert answer.is_new and len(answer.ticket_id) == 32 and len(answer.code) == 12
    [case] = rows(
        connection,
        """
        SELECT ticket_id, channel, state, category, subdistrict_code, district_code, province_code,
            address, accuracy_m, strength, happened_at, device_at, home_key,
            ST_X(geom), ST_Y(geom), received_at = reported_at
        FROM complaint
        """,
    )
    assert case == (
        *(answer.ticket_id, "form", "received", "odour", "740103", "7401", "74"),
        *("ซอยวัด", 12.0, 4, last_night, NOW - timedelta(minutes=3), "place:200500:27100"),
        *(100.25, 13.55, True),
    )
    assert rows(connection, "SELECT text FROM complaint_text") == [("เหม็นสารเคมี",)]
    [(contact,)] = rows(connection, "SELECT sealed FROM contact.complainant")
    assert json.loads(bytes(contact)[7:][::-1]) == {"name": "สมหญิง", "telephone": "081 234 5678"}
    photos = rows(connection, "SELECT id, kind, width, height FROM complaint_photo")
    assert [photo[1:] for photo in photos] == [("report", 64, 48)] * 2
    assert all(store.read(id)[:3] == b"\xff\xd8\xff" for id, *_ in photos)
    assert rows(connection, "SELECT kind, to_state, account_id FROM complaint_event") == [
        ("received", "received", None)
    ]


def test_what_is_sent_twice_is_one_complaint_with_one_answer(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    first = received(writes, store, photos=(picture(),))

    again = received(writes, store, photos=(picture(),))

    assert again == replace(first, is_new=False)
    assert rows(connection, "SELECT count(*) FROM complaint, complaint_event") == [(1,)]
    assert len(list(store.root.rglob("*.jpg"))) == 1


def test_the_same_name_for_it_on_another_channel_is_another_complaint(
    writes: Writes, store: PhotoStore
) -> None:
    first = received(writes, store)

    other = received(writes, store, channel="open311")

    assert other.is_new and other.code != first.code and other.ticket_id != first.ticket_id


def test_the_code_is_told_and_nothing_is_kept_from_which_it_follows(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    answer = received(writes, store)

    [(kept,)] = rows(connection, "SELECT to_jsonb(c)::text FROM complaint AS c")
    assert answer.code not in kept and SMELL.client_id not in kept
    assert tracking_hash(f"{answer.code[:4]}-{answer.code[4:8]} {answer.code[8:]}".lower()) == (
        tracking_hash(answer.code)
    )


def test_a_place_by_the_coast_is_in_the_area_it_is_near_and_one_abroad_is_refused(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    areas(connection)

    received(writes, store, position=Position(100.21, 13.39))
    with pytest.raises(BadReport, match="not in Thailand"):
        received(writes, store, position=Position(104.9, 11.6), client_id="b" * 32)

    codes = "SELECT province_code, district_code, subdistrict_code FROM complaint"
    assert rows(connection, codes) == [("74", "7401", None)]


def test_an_address_alone_is_a_case_of_the_province_that_was_chosen(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    areas(connection)
    at = {"position": None, "address": "หลังตลาด ซอย 3"}

    received(writes, store, province_code="74", **at)
    received(writes, store, channel="open311", client_id="b" * 32, **at)
    received(
        writes,
        store,
        province_code="74",
        position=None,
        address="หลังตลาด  ซอย 3.",
        client_id="c" * 32,
    )

    found = rows(connection, "SELECT province_code, geom, home_key FROM complaint ORDER BY 1")
    assert [row[:2] for row in found] == [("74", None), ("74", None), (None, None)]
    assert found[0][2] == found[1][2] != found[2][2]


def test_a_resident_who_gives_an_address_alone_says_of_which_province_it_is(
    writes: Writes, store: PhotoStore
) -> None:
    at = {"position": None, "address": "หลังตลาด ซอย 3"}

    for code in (None, "99", "7401"):
        with pytest.raises(BadReport) as refused:
            received(writes, store, province_code=code, **at)
        assert [one.field for one in refused.value.problems] == ["province"]


def test_a_province_counts_as_told_where_no_outline_was_ever_delivered(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    received(writes, store, position=None, address="ซอย 3", province_code="21")

    assert rows(connection, "SELECT province_code FROM complaint") == [("21",)]


@pytest.mark.parametrize(
    ("address", "province_code", "found"),
    [
        ("12 อ.เมืองบางน้ำ", None, ("74", "7401")),
        ("12 อำเภอ เมืองบางน้ำ", "74", ("74", "7401")),
        ("12 อ.เมืองบางน้ำ", "21", ("21", None)),
        ("12 อ.ท่าใหม่", None, (None, None)),  # of two provinces
        ("12 อ.ท่าใหม่", "21", ("21", "2101")),
        ("ซอยเมืองบางน้ำ", None, (None, None)),
    ],
)
def test_a_district_that_an_address_names_alone_says_where_it_is(
    connection: Connection,
    writes: Writes,
    store: PhotoStore,
    address: str,
    province_code: str | None,
    found: tuple[str | None, str | None],
) -> None:
    province(connection, "74")
    province(connection, "21", wkt=box(101, 12, 102, 13))
    for code, name in (("7401", "เมืองบางน้ำ"), ("7402", "ท่าใหม่"), ("2101", "ท่าใหม่")):
        named = {"name_th": name, "name_en": code, "source": "boundaries"}
        insert(
            connection, "district", code=code, province_code=code[:2], wkt=box(1, 1, 2, 2), **named
        )

    at = {"position": None, "address": address, "province_code": province_code}
    received(writes, store, channel="open311", **at)

    assert rows(connection, "SELECT province_code, district_code FROM complaint") == [found]


def test_the_code_tells_what_was_done_and_nothing_of_others_or_of_staff(
    connection: Connection, writes: Writes, store: PhotoStore
) -> None:
    answer = received(writes, store)
    other = received(writes, store, client_id="b" * 32)
    [(id,)] = rows(connection, f"SELECT id FROM complaint WHERE ticket_id = '{answer.ticket_id}'")
    insert(
        connection,
        "complaint_event",
        complaint_id=id,
        kind="transition",
        from_state="received",
        to_state="acknowledged",
        why="โทรหาโรงงานแล้ว",
        detail='{"public_note": "เจ้าหน้าที่จะไปดูวันศุกร์"}',
    )
    insert(connection, "complaint_event", complaint_id=id, kind="note", why="ความลับ")

    told = progress(writes, answer.code.lower())

    assert [(step.state, step.note) for step in told.steps] == [
        ("received", ""),
        ("acknowledged", "เจ้าหน้าที่จะไปดูวันศุกร์"),
    ]
    assert told.steps[0].at == told.received_at
    assert [step.state for step in progress(writes, other.code).steps] == ["received"]


@pytest.mark.parametrize("code", ["", "0" * 12, "not a code", "ก" * 12, "0" * 13])
def test_a_code_that_nobody_was_given_tells_nothing(code: str, writes: Writes) -> None:
    with pytest.raises(ReportNotFound):
        progress(writes, code)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("category", {"category": "smell"}),
        ("place", {"position": None}),
        ("place", {"position": Position(2.3, 48.9)}),
        ("place", {"position": Position(float("nan"), 13.0)}),
        ("place", {"position": Position(100.2, 13.5, float("inf"))}),
        ("address", {"address": "ก" * 501}),
        ("happened_at", {"happened_at": NOW + timedelta(hours=1)}),
        ("happened_at", {"happened_at": NOW - timedelta(days=400)}),
        ("strength", {"strength": 6}),
        ("words", {"words": "ก" * 4001}),
        ("words", {"words": "a\x00b"}),
        ("words", {"words": "a\x1b[2Jb"}),
        ("words", {"words": "a\u202eb"}),
        ("words", {"words": "a\ud800b"}),
        ("telephone", {"contact": Contact(name="สมหญิง")}),
        ("mail", {"contact": Contact(mail="nobody")}),
        ("photos", {"photos": (b"x",) * 4}),
        ("photos", {"photos": (b"x",)}),
        ("client_id", {"client_id": "short"}),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_nothing_is_kept(
    field: str,
    changed: dict[str, Any],
    connection: Connection,
    writes: Writes,
    store: PhotoStore,
) -> None:
    with pytest.raises(BadReport) as refused:
        received(writes, store, **changed)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert all(problem.said.th and problem.said.en for problem in refused.value.problems)
    assert rows(connection, "SELECT count(*) FROM complaint") == [(0,)]


def test_a_contact_is_refused_where_nothing_can_seal_it(writes: Writes, store: PhotoStore) -> None:
    new = replace(SMELL, contact=Contact(telephone="081 234 5678"))

    with pytest.raises(BadReport, match="FAHSAI_CONTACT_KEYS"):
        receive(writes, new, store, NOW)


@pytest.mark.parametrize(
    "table", ["complaint", "complaint_text", "complaint_photo", "contact.complainant"]
)
def test_who_takes_reports_reads_no_table_of_them(table: str, writes: Writes) -> None:
    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        writes.transaction() as transaction,
    ):
        transaction.fetch(f"SELECT count(*) FROM {table}")
