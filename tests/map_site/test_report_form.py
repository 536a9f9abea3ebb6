"""The form of a report as it is sent without a script: what comes of it, and what is said of it."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.accounts.sealing import Sealer
from geo_api.settings import Settings
from layers.casework.intake import BadReport, NewComplaint
from layers.casework.states import STATES
from map_site.report_form import Typed, new_complaint
from map_site.words import words
from tests.geo_api.complaints.pictures import picture, telephone_picture

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)  # 10:00 in Thailand
ODOUR = {"category": "odour", "coordinates": "13.55, 100.25", "when": "now"}
NASTY = "</script><b onclick='x'>`${1}` {{7*7}} \"ไทย\" 🤢 &amp;"


def made(**fields: str) -> NewComplaint:
    return new_complaint(Typed({**ODOUR, **fields}), NOW)


def wrong(**fields: str) -> list[str]:
    with pytest.raises(BadReport) as refused:
        made(**fields)
    return [problem.field for problem in refused.value.problems]


def sent(client: TestClient, files: Any = None, **fields: str) -> Any:
    # Fields as parts of their own, as a browser sends a form that may have files.
    parts = [(name, (None, value)) for name, value in {**ODOUR, **fields}.items()]
    parts += [("photos", file) for file in files or [("", b"", "application/octet-stream")]]
    return client.post("/report", files=parts, follow_redirects=False)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("13.5990, 100.5998", (100.5998, 13.599)),
        ("(13.5990 100.5998)", (100.5998, 13.599)),
        ("100.5998, 13.5990", (100.5998, 13.599)),
        ("๑๓.๕, ๑๐๐.๕", (100.5, 13.5)),
        ("13.5° ; 100.5°", (100.5, 13.5)),
    ],
)
def test_coordinates_are_read_as_maps_write_them(text: str, place: tuple[float, float]) -> None:
    found = made(coordinates=text, accuracy="12").position

    assert found and (found.lon, found.lat) == place and found.accuracy_m == 12


@pytest.mark.parametrize(
    "text", ["13.5", "here", "13.5, 100.5, 3", "13,5, 100,5", "1e5, 3", "13.5 N"]
)
def test_what_are_no_two_numbers_is_no_place(text: str) -> None:
    assert wrong(coordinates=text) == ["place"]


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        *(("2026-03-02", "03:00"), ("2569-03-02", "3.00 น."), ("02/03/2569", "03:00:59")),
        ("๒/๓/๒๕๖๙", "๐๓:๐๐"),
    ],
)
def test_last_night_at_three_is_by_the_clock_of_thailand(day: str, clock: str) -> None:
    at = made(when="then", date=day, time=clock).happened_at

    assert at == datetime(2026, 3, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "", "time": "03:00"},
        {"date": "2026-03-02", "time": ""},
        {"date": "2026-02-30", "time": "03:00"},
        {"date": "2026-03-02", "time": "25:00"},
        {"date": "2026-03-02", "time": "10:30"},  # in half an hour
        {"date": "0000-00-00", "time": "03:00"},
        {"date": "2024-03-02", "time": "03:00"},
    ],
)
def test_a_time_that_is_none_or_has_not_come_is_refused(fields: dict[str, str]) -> None:
    assert wrong(when="then", **fields) == ["happened_at"]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_form() -> None:
    assert wrong(
        category="", coordinates="", when="then", date="", strength="9", words="\x00", mail="x"
    ) == ["category", "place", "happened_at", "strength", "words", "mail"]


def test_the_province_is_that_which_was_chosen_or_else_that_which_the_address_names() -> None:
    def province(**fields: str) -> str | None:
        return made(coordinates="", **fields).province_code

    assert province(address="ซอยวัด", province="74") == "74"
    assert province(address="ซอยวัด จ.ระยอง") == "21"
    assert province(address="ซอยวัด จ.ระยอง", province="74") == "74"
    assert wrong(coordinates="", address="ซอยวัด") == ["province"]
    assert wrong(coordinates="", address="ซอยวัด", province="99") == ["province"]
    assert wrong(coordinates="", address="ระหว่าง จ.ระยอง กับ จ.ชลบุรี") == ["province"]
    assert made(address="ซอยวัด").province_code is None  # the position tells


# --- sending --------------------------------------------------------------------------------------


def test_a_report_without_script_leads_to_the_page_of_its_code(
    client: TestClient, connection: Connection
) -> None:
    answer = sent(
        client, [("a.jpg", telephone_picture(), "image/jpeg")], words="เหม็นมาก", strength="4"
    )

    assert answer.status_code == 303
    code = re.fullmatch(r"/report/(\w{4}-\w{4}-\w{4})\?sent=1", answer.headers["location"])
    assert code
    page = client.get(answer.headers["location"])
    assert page.status_code == 200 and code[1] in page.text and "รับเรื่องแล้ว" in page.text
    assert "แนบรูป 1 รูป" in page.text and "เหม็นมาก" not in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert rows(connection, "SELECT channel, strength FROM complaint") == [("form", 4)]
    assert rows(connection, "SELECT text FROM complaint_text") == [("เหม็นมาก",)]
    assert rows(connection, "SELECT width, height FROM complaint_photo") == [(48, 64)]


def test_a_double_press_is_one_report_and_says_so(
    client: TestClient, connection: Connection
) -> None:
    first = sent(client, client_id="a" * 32)
    second = sent(client, client_id="a" * 32)

    assert second.headers["location"] == first.headers["location"].replace("sent", "again")
    assert "เคยส่งมาแล้ว" in client.get(second.headers["location"]).text
    assert rows(connection, "SELECT count(*) FROM complaint") == [(1,)]


def test_each_form_that_is_opened_is_another_report_and_none_is_kept_on_the_way(
    client: TestClient,
) -> None:
    pages = [client.get("/report") for _ in range(2)]

    first, second = (
        re.findall('name="client_id" value="([0-9a-f]{32})"', page.text) for page in pages
    )
    assert len(first) == len(second) == 1 and first != second
    assert pages[0].headers["cache-control"] == "private, no-store"


def test_what_was_typed_stays_and_what_is_wrong_is_named_in_both_languages(
    client: TestClient, connection: Connection
) -> None:
    answer = sent(client, category="", words="ควันดำ", address="ซอยวัด", strength="3", province="74")

    assert answer.status_code == 400
    page = answer.text
    assert 'role="alert"' in page and "เลือกเรื่องที่จะแจ้ง" in page and 'href="#report-category"' in page
    assert ">ควันดำ</textarea>" in page and ">ซอยวัด</textarea>" in page
    assert 'value="13.55, 100.25"' in page and re.search('value="3" checked', page)
    assert re.search('<option value="74"[^>]* selected>', page)
    english = client.post("/report?lang=en", files=[("category", (None, ""))])
    assert "choose one of: odour" in english.text
    assert rows(connection, "SELECT count(*) FROM complaint") == [(0,)]


@pytest.mark.parametrize(
    ("language", "said"),
    [("th", "เลือกจังหวัด เพราะไม่มีพิกัด"), ("en", "choose the province: without a position")],
)
def test_an_address_without_a_province_is_asked_for_it_and_nothing_typed_is_lost(
    client: TestClient, connection: Connection, language: str, said: str
) -> None:
    typed = {**ODOUR, "coordinates": "", "address": "หลังตลาด ซอย 3"}
    parts = [(name, (None, value)) for name, value in typed.items()]

    answer = client.post(f"/report?lang={language}", files=parts)

    assert answer.status_code == 400
    assert said in answer.text and 'href="#report-province"' in answer.text
    assert re.search('<select id="report-province"[^>]*aria-invalid="true"', answer.text)
    assert ">หลังตลาด ซอย 3</textarea>" in answer.text
    assert rows(connection, "SELECT count(*) FROM complaint") == [(0,)]


def test_a_photo_that_is_none_is_named_and_those_chosen_must_be_chosen_again(
    client: TestClient,
) -> None:
    files = [("a.jpg", picture(), "image/jpeg"), ("b.jpg", b"MZ program", "image/jpeg")]

    answer = sent(client, files)

    assert answer.status_code == 400
    assert "รูปที่ 2 เปิดเป็นรูปไม่ได้" in answer.text and "เลือกรูปอีกครั้ง" in answer.text


def test_a_program_that_fills_what_nobody_sees_is_refused(
    client: TestClient, connection: Connection
) -> None:
    answer = sent(client, website="http://spam.example")

    assert answer.status_code == 400 and "ลบให้ว่าง" in answer.text
    assert "spam.example" not in answer.text
    assert rows(connection, "SELECT count(*) FROM complaint") == [(0,)]


def test_a_page_of_another_site_sends_nothing_in_somebodys_name(client: TestClient) -> None:
    answer = client.post(
        "/report",
        files=[(name, (None, value)) for name, value in ODOUR.items()],
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 400 and "another site" in answer.json()["detail"]


def test_who_sends_too_often_is_told_when_to_come_again(client: TestClient) -> None:
    answers = [sent(client, category="") for _ in range(31)]

    assert [answer.status_code for answer in answers] == [400] * 30 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 601


def test_who_guesses_codes_is_stopped(client: TestClient) -> None:
    answers = [client.get(f"/report/0000-0000-{n:04}") for n in range(61)]

    assert [answer.status_code for answer in answers] == [404] * 60 + [429]


@pytest.mark.parametrize("path", ["/report/nothing", "/report?code=nothing"])
def test_a_code_that_is_none_is_said_at_its_field(path: str, client: TestClient) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "ไม่พบรหัสนี้" in answer.text and 'value="nothing"' in answer.text


def test_a_code_however_written_leads_to_its_page(client: TestClient) -> None:
    code = sent(client).headers["location"][8:22]

    answer = client.get("/report", params={"code": code.lower().replace("-", " ")})

    assert answer.status_code == 200 and code in answer.text


@pytest.mark.parametrize(
    "field",
    [
        *("category", "coordinates", "address", "province", "when", "date", "time", "strength"),
        *("name", "telephone", "mail", "client_id", "accuracy", "device_at"),
    ],
)
def test_whatever_is_typed_is_shown_as_text(field: str, client: TestClient) -> None:
    answer = sent(client, **{"words": "\x00", field: NASTY})

    assert answer.status_code == 400
    assert "<b onclick" not in answer.text and "${1}` 49" not in answer.text


def test_what_staff_write_for_the_public_is_shown_as_text(
    client: TestClient, connection: Connection
) -> None:
    location = sent(client).headers["location"]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO complaint_event (complaint_id, kind, from_state, to_state, detail)
            SELECT id, 'transition', 'received', 'acknowledged',
                jsonb_build_object('public_note', %s::text)
            FROM complaint
            """,
            (NASTY,),
        )

    page = client.get(location).text

    assert "<b onclick" not in page and "&lt;/script&gt;" in page and "🤢" in page


@pytest.mark.parametrize("state", STATES)
def test_every_state_says_what_comes_next(
    state: str, client: TestClient, connection: Connection
) -> None:
    location = sent(client).headers["location"]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE complaint DISABLE TRIGGER USER")
        cursor.execute("UPDATE complaint SET state = %s", (state,))

    page = client.get(location).text

    assert words()["report"][f"next_{state}"].th in page


def test_scripts_are_answered_with_json_in_their_language(client: TestClient) -> None:
    parts = [(name, (None, value)) for name, value in ODOUR.items()]
    headers = {"Accept": "application/json"}

    taken = client.post("/report?lang=en", files=parts, headers=headers)
    refused = client.post("/report", files=[("category", (None, ""))], headers=headers)

    assert taken.status_code == 201
    assert taken.json()["href"] == f"/report/{taken.json()['code']}?sent=1&lang=en"
    assert [one["field"] for one in refused.json()["problems"]] == ["category", "coordinates"]


def test_the_form_is_found_from_the_foot_of_every_page_and_from_the_complaints(
    client: TestClient,
) -> None:
    assert 'href="/report?lang=th"' in client.get("/about").text
    assert 'href="/report"' in client.get("/maps/complaints").text


def test_a_body_may_be_as_large_as_its_photos_and_no_larger(client: TestClient) -> None:
    fitting = sent(client, [("a.jpg", bytes(13 * 2**20), "image/jpeg")])
    beyond = sent(client, [("a.jpg", bytes(41 * 2**20), "image/jpeg")])

    assert fitting.status_code == 400 and "ใหญ่เกิน 12 MB" in fitting.text
    assert beyond.status_code == 413


def test_last_night_is_kept_beside_when_it_was_received_and_when_the_device_says_it_was_sent(
    client: TestClient, connection: Connection
) -> None:
    last_night = datetime.now(UTC) - timedelta(hours=8)
    thai = last_night + timedelta(hours=7)

    sent(
        client,
        when="then",
        date=f"{thai:%Y-%m-%d}",
        time=f"{thai:%H:%M}",
        device_at="2026-03-02T03:00:00.000Z",
    )

    [(happened_at, device_at, received_at)] = rows(
        connection, "SELECT happened_at, device_at, received_at FROM complaint"
    )
    assert happened_at == last_night.replace(second=0, microsecond=0)
    assert device_at == datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert datetime.now(UTC) - received_at < timedelta(minutes=1)


def test_a_device_may_say_an_hour_that_no_zone_has(
    client: TestClient, connection: Connection
) -> None:
    answer = sent(client, device_at="2026-03-02T03:00:00+20:00")

    assert answer.status_code == 303
    [(device_at,)] = rows(connection, "SELECT device_at FROM complaint")
    assert device_at == datetime(2026, 3, 1, 7, tzinfo=UTC)


def test_whom_to_answer_is_kept_sealed_and_how_long_is_said_beside_the_field(
    client: TestClient, connection: Connection, settings: Settings
) -> None:
    form = client.get("/report").text

    sent(client, name="สมหญิง", telephone="081 234 5678")

    days = settings.contact_kept.days
    assert f"ลบทิ้ง {days} วันหลังปิดเรื่อง" in form
    [(sealed,)] = rows(connection, "SELECT sealed FROM contact.complainant")
    assert b"081" not in bytes(sealed)
    opened = json.loads(Sealer(settings).open(bytes(sealed)))
    assert opened == {"name": "สมหญิง", "telephone": "081 234 5678"}
