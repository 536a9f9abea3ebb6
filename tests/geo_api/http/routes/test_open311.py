"""/open311/v2: as GeoReport v2 has it, in XML as in JSON, and private."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from jsonschema import Draft4Validator, FormatChecker
from psycopg2.extensions import connection as Connection
from referencing import Registry
from referencing.jsonschema import DRAFT4

from geo_api.http.open311.documents import written
from tests.makers import api_key, complaint, province, session_of, staff_account

Json = dict[str, Any]

V2 = "/open311/v2"
REQUEST_FIELDS = [
    *("service_request_id", "status", "status_notes", "service_name", "service_code"),
    *("description", "agency_responsible", "service_notice", "requested_datetime"),
    *("updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long"),
    "media_url",
]
HERE = {"lat": "13.55", "long": "100.25"}
SMELL = {"service_code": "odour", "description": "กลิ่นเหม็น", **HERE}
# Kinds of text that break what is not escaped.
AWKWARD = "ก😀 </script> `${1}` ]]> & \" ' <b>\x7f"


@pytest.fixture
def key(connection: Connection) -> str:
    """One that hands in."""
    province(connection)
    return api_key(connection, staff_account(connection, role="analyst"), "intake")


@pytest.fixture
def officer(connection: Connection) -> str:
    """One that reads what is of Samut Sakhon."""
    return api_key(connection, staff_account(connection), "read")


def post(client: TestClient, key: str, given: dict[str, Any], format: str = "json") -> Response:
    answer: Response = client.post(f"{V2}/requests.{format}", data={"api_key": key, **given})
    return answer


def posted(client: TestClient, key: str, **given: Any) -> str:
    """The number of a complaint that was handed in."""
    answer = post(client, key, {**SMELL, **given})
    assert answer.status_code == 200, answer.text
    number: str = answer.json()[0]["service_request_id"]
    return number


def descriptions(answer: Response) -> list[str]:
    return [one["description"] for one in answer.json()]


def content(element: ElementTree.Element, like: Any) -> Any:
    """What the element holds, with names and types as `like` has them in JSON."""
    if isinstance(like, dict):
        assert [one.tag for one in element] == list(like)
        return {one.tag: content(one, like[one.tag]) for one in element}
    if isinstance(like, list):
        return [content(one, inner) for one, inner in zip(element, like, strict=True)]
    if element.text is None:
        return None
    return element.text if isinstance(like, str) else json.loads(element.text)


def both(client: TestClient, path: str, **params: str) -> Any:
    """The content in JSON, which XML has too."""
    answer = client.get(f"{V2}/{path}.json", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    xml = client.get(f"{V2}/{path}.xml", params=params)
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    assert xml.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    found = answer.json()
    assert content(ElementTree.fromstring(xml.content), found) == found
    return found


def validate(shared_data: Path, name: str, found: Any) -> None:
    """Against the schema of that name of the standard's own."""
    folder = shared_data / "open311_schema"
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    resources = [(file, DRAFT4.create_resource(schema)) for file, schema in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    Draft4Validator(schemas[name], registry=registry, format_checker=FormatChecker()).validate(
        found
    )


# --- what there is ------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["/open311", V2])
def test_discovery_leads_to_the_endpoint(client: TestClient, root: str) -> None:
    found = client.get(f"{root}/discovery.json").json()

    [endpoint] = found["endpoints"]
    assert list(found) == ["changeset", "contact", "key_service", "endpoints"]
    assert all(found.values())
    assert list(endpoint) == ["specification", "url", "changeset", "type", "formats"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert client.get(f"{endpoint['url']}/services.xml").status_code == 200
    xml = ElementTree.fromstring(client.get(f"{root}/discovery.xml").content)
    assert (xml.tag, content(xml, found)) == ("discovery", found)


def test_services_are_the_categories_of_complaints(client: TestClient, shared_data: Path) -> None:
    found = both(client, "services")

    validate(shared_data, "services.json", found)
    assert found[0] == {
        "service_code": "odour",
        "service_name": "กลิ่นเหม็น",
        "description": "กลิ่นเหม็นจากการผลิต ของเสีย หรือการหมัก",
        "metadata": True,
        "type": "realtime",
        "keywords": "กลิ่น,เหม็น,smell,odour",
        "group": "มลพิษและเหตุเดือดร้อนรำคาญจากโรงงาน",
    }
    assert client.get(f"{V2}/services.json?lang=en").json()[0]["service_name"] == "Odour"


def test_a_service_tells_what_it_asks(client: TestClient, shared_data: Path) -> None:
    for service in both(client, "services"):
        found = both(client, f"services/{service['service_code']}")

        validate(shared_data, "service-definition.json", found)
        assert [one["order"] for one in found["attributes"]] == list(
            range(1, len(found["attributes"]) + 1)
        )


def test_what_is_not_there_is_told_in_an_array(client: TestClient) -> None:
    for path in ("services/x.json", f"requests/{'0' * 32}.json", "tokens/x.json", "x.json"):
        answer = client.get(f"{V2}/{path}")

        assert answer.status_code == 404, path
        [error] = answer.json()
        assert (list(error), error["code"]) == (["code", "description"], 404)
    xml = client.get(f"{V2}/services/x.xml")
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    errors = ElementTree.fromstring(xml.content)
    assert [(errors.tag, one.tag, one[0].tag, one[0].text) for one in errors] == [
        ("errors", "error", "code", "404")
    ]


@pytest.mark.parametrize("path", ["requests/%00", "requests/a%00b", "tokens/%00", "services/%00"])
def test_a_nul_in_an_address_is_refused_in_the_format_asked_for(
    path: str, client: TestClient
) -> None:
    answer = client.get(f"{V2}/{path}.json")

    assert answer.status_code == 400
    assert "holds a NUL character; leave it out" in descriptions(answer)[0]
    assert client.get(f"{V2}/{path}.xml").status_code == 400


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"jurisdiction_id": "city.gov"}, 404),
        ({"jurisdiction_id": "industry.go.th"}, 200),
        ({"jurisdiction_id": ""}, 200),
        ({"nonsense": "1"}, 400),
        ({"extensions": "yes"}, 400),
        ({"extensions": ""}, 200),
        ({"lang": "de"}, 400),
        ({"api_key": "\0"}, 400),
    ],
)
def test_an_argument_is_known_or_refused(
    client: TestClient, params: dict[str, str], status: int
) -> None:
    answer = client.get(f"{V2}/services.json", params=params)

    assert answer.status_code == status
    assert isinstance(answer.json(), list)


# --- handing in ---------------------------------------------------------------------------------


def test_what_was_posted_is_received_whole(
    client: TestClient, key: str, connection: Connection
) -> None:
    given = {
        **SMELL,
        "attribute[strength]": "4",
        "attribute[happened_at]": "2026-01-05T03:00:00+07:00",
        "attribute[times][]": ["night", "evening"],
        "attribute[suspected_source]": "โรงงานริมคลอง",
        "media_url": "https://example.org/1.jpg",
        "address_string": "ซอย 5",
        "device_id": "",
    }
    answer = post(client, key, {**given, "attribute[happened_at]": _an_hour_ago()})

    [told] = answer.json()
    assert list(told) == ["service_request_id", "service_notice", "account_id"]
    assert len(bytes.fromhex(told["service_request_id"])) == 16
    assert answer.headers["cache-control"] == "no-store"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.channel, c.category, c.strength, c.province_code, c.address, t.text,"
            " c.happened_at IS NOT NULL, e.detail FROM complaint AS c"
            " JOIN complaint_text AS t ON t.complaint_id = c.id"
            " JOIN complaint_event AS e ON e.complaint_id = c.id WHERE c.ticket_id = %s",
            (told["service_request_id"],),
        )
        [row] = cursor.fetchall()
    words = "กลิ่นเหม็น\nมักเกิดในช่วงใด: กลางคืน, เย็น\nคาดว่ามาจากที่ใด: โรงงานริมคลอง"
    media = {"media_url": "https://example.org/1.jpg"}
    assert row == ("open311", "odour", 4, "74", "ซอย 5", words, True, media)


def test_whom_to_answer_is_sealed_and_told_to_nobody(
    client: TestClient, key: str, officer: str, connection: Connection
) -> None:
    person = {"first_name": "สมชาย", "last_name": "ใจดี", "phone": "0812345678"}
    number = posted(client, key, email="somchai@example.org", **person)

    told = [
        client.get(f"{V2}/requests/{number}.json", params=params).text
        for params in ({}, {"api_key": officer})
    ]

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM contact.complainant")
        [(sealed,)] = cursor.fetchall()
    for value in ("somchai", *person.values()):
        assert value.encode() not in bytes(sealed)
        assert all(value not in text for text in told)


def test_xml_tells_the_number_as_json_does(client: TestClient, key: str) -> None:
    answer = post(client, key, SMELL, "xml")

    xml = ElementTree.fromstring(answer.content)
    assert xml.tag == "service_requests"
    [request] = xml
    assert [one.tag for one in request] == ["service_request_id", "service_notice", "account_id"]


def test_an_address_alone_is_a_place(client: TestClient, key: str, connection: Connection) -> None:
    given = {"service_code": "noise", "address_string": "12 ถ.เศรษฐกิจ จ.สมุทรสาคร 74000"}

    number = post(client, key, given).json()[0]["service_request_id"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT province_code, geom FROM complaint WHERE ticket_id = %s", (number,))
        assert cursor.fetchall() == [("74", None)]


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"service_code": ""}, "service_code"),
        ({"service_code": "pothole"}, "pothole"),
        ({"lat": ""}, "lat"),
        ({"lat": "", "long": ""}, "place"),
        ({"lat": "", "long": "", "address_id": "7"}, "place"),
        ({"lat": "91"}, "91"),
        ({"lat": "nan"}, "nan"),
        ({"lat": "48.1", "long": "11.5"}, "Thailand"),
        ({"description": "ก" * 4001}, "4001"),
        ({"attribute[strength]": "9"}, "9"),
        ({"attribute[strength]": ["1", "2"]}, "twice"),
        ({"attribute[strength][]": ["1", "2"]}, "one value"),
        ({"attribute[colour]": "red"}, "colour"),
        ({"attribute[happened_at]": "yesterday"}, "yesterday"),
        ({"attribute[happened_at]": "2999-01-01T00:00:00Z"}, "happened_at"),
        ({"attribute[times][]": "noon"}, "noon"),
        ({"media_url": "javascript:alert(1)"}, "javascript"),
        ({"email": "nobody"}, "email"),
        ({"description": "\x00"}, "NUL"),
        ({"description": "\x1b[31m"}, "description"),
        ({"colour": "red"}, "colour"),
        ({"lat": ["13", "14"]}, "twice"),
    ],
)
def test_what_cannot_be_used_is_named(
    client: TestClient, key: str, connection: Connection, change: Json, about: str
) -> None:
    answer = client.post(f"{V2}/requests.json?lang=en", data={"api_key": key, **SMELL, **change})

    assert answer.status_code == 400, answer.text
    assert about in " ".join(descriptions(answer))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM complaint")
        assert cursor.fetchall() == [(0,)]


def test_only_a_form_is_read(client: TestClient, key: str) -> None:
    url = f"{V2}/requests.json"
    form = urlencode({"api_key": key, **SMELL})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    assert client.post(url, json=SMELL).status_code == 400
    assert client.post(url, content=form).status_code == 400
    assert client.post(url, content=b"description=%ff", headers=headers).status_code == 400
    assert client.post(url, content="&".join(["a=b"] * 300), headers=headers).status_code == 400
    assert client.post(url, content=form, headers=headers).status_code == 200


def test_posting_needs_a_key_of_that_scope(
    client: TestClient, officer: str, connection: Connection
) -> None:
    province(connection)
    account = staff_account(connection)
    keys = [
        "",
        "guessed",
        officer,
        api_key(connection, account, "intake", expires_at="2020-01-01"),
        api_key(connection, account, "intake", revoked_at="2020-01-01"),
    ]

    for key in keys:
        answer = post(client, key, SMELL)
        assert (answer.status_code, answer.json()[0]["code"]) == (403, 403)
    header = {"Authorization": f"Bearer {api_key(connection, account, 'intake')}"}
    assert client.post(f"{V2}/requests.json", data=SMELL, headers=header).status_code == 200


def test_a_browser_s_session_hands_nothing_in(client: TestClient, connection: Connection) -> None:
    token = session_of(connection, staff_account(connection))

    answer = client.post(
        f"{V2}/requests.json", data=SMELL, headers={"Cookie": f"fahsai_session={token}"}
    )

    assert answer.status_code == 403


def test_who_hands_in_too_much_is_told_when_to_go_on(
    client: TestClient, key: str, connection: Connection
) -> None:
    service = client.app.state.service  # type: ignore[attr-defined]
    for _ in range(1_000):
        service.open311_limit.take(_account_of(connection, key))

    answer = post(client, key, SMELL)

    assert (answer.status_code, answer.json()[0]["code"]) == (429, 429)
    assert 0 < int(answer.headers["retry-after"]) <= 60


# --- following ----------------------------------------------------------------------------------


def test_the_holder_of_a_number_sees_how_it_goes_on_and_nothing_else(
    client: TestClient, key: str, connection: Connection, shared_data: Path
) -> None:
    number = posted(client, key, address_string="ซอย 5", media_url="https://example.org/1.jpg")

    [found] = both(client, f"requests/{number}")

    validate(shared_data, "request.json", found)
    assert list(found) == REQUEST_FIELDS
    told = {name: value for name, value in found.items() if value is not None}
    assert told.keys() == {
        *("service_request_id", "status", "status_notes", "service_name", "service_code"),
        *("requested_datetime", "updated_datetime"),
    }
    assert (told["status"], told["service_code"]) == ("open", "odour")
    assert told["requested_datetime"].endswith("+07:00")
    assert client.get(f"{V2}/requests/{number}.json").headers["cache-control"] == "no-store"
    listed = client.get(f"{V2}/requests.json", params={"service_request_id": f"x, {number}"})
    assert listed.json() == [found]


def test_the_public_list_is_empty_and_of_no_number_but_one_that_was_given_out(
    client: TestClient, key: str, connection: Connection
) -> None:
    posted(client, key)
    complaint(connection, "imported", _today(), province_code="74")

    assert both(client, "requests") == []
    assert client.get(f"{V2}/requests/imported.json").status_code == 404


def test_staff_see_the_cases_of_their_province_whole(
    client: TestClient, key: str, officer: str, connection: Connection, shared_data: Path
) -> None:
    number = posted(client, key, address_string="ซอย 5", media_url="https://example.org/1.jpg")
    complaint(connection, "elsewhere", _today(), province_code="21")

    found = both(client, "requests", api_key=officer, lang="en")

    validate(shared_data, "requests.json", found)
    assert [one["service_request_id"] for one in found] == [number]
    [one] = found
    assert (one["description"], one["address"]) == ("กลิ่นเหม็น", "ซอย 5")
    assert (one["lat"], one["long"]) == (13.55, 100.25)
    assert one["media_url"] == "https://example.org/1.jpg"
    assert one["agency_responsible"] == "Samut Sakhon Provincial Industry Office"
    assert both(client, f"requests/{number}", api_key=officer, lang="en") == found


def test_who_has_a_number_of_another_province_is_told_no_less_than_anybody(
    client: TestClient, key: str, connection: Connection
) -> None:
    here, there = (posted(client, key, description=words) for words in ("ที่นี่", "ที่นั่น"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET province_code = '21' WHERE ticket_id = %s", (there,))
    officer = api_key(connection, staff_account(connection), "read")
    public = client.get(f"{V2}/requests/{there}.json").json()

    assert client.get(f"{V2}/requests/{there}.json", params={"api_key": officer}).json() == public
    asked = {"api_key": officer, "service_request_id": f"{here},{there}"}
    both = client.get(f"{V2}/requests.json", params=asked).json()
    assert {one["service_request_id"]: one["description"] for one in both} == {
        here: "ที่นี่",
        there: None,
    }
    paged = [
        one["service_request_id"]
        for page in ("1", "2")
        for one in client.get(
            f"{V2}/requests.json", params={**asked, "page": page, "page_size": "1"}
        ).json()
    ]
    assert paged == [one["service_request_id"] for one in both]
    assert client.get(f"{V2}/requests.json", params={"api_key": officer}).json() == [
        one for one in both if one["description"]
    ]


def test_what_is_unknown_and_what_is_not_yours_are_the_same(
    client: TestClient, officer: str, connection: Connection
) -> None:
    complaint(connection, "elsewhere", _today(), province_code="21")

    for kind in ("requests", "tokens"):
        theirs, nobodys = (
            client.get(f"{V2}/{kind}/{number}.json", params={"api_key": officer})
            for number in ("elsewhere", "unknown__")
        )
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.text.replace("elsewhere", "unknown__") == nobodys.text


def test_a_wrong_key_is_told_so_where_none_would_do(client: TestClient) -> None:
    answer = client.get(f"{V2}/requests.json", params={"api_key": "guessed"})

    assert answer.status_code == 403


def test_a_number_is_its_token(client: TestClient, key: str) -> None:
    number = posted(client, key)

    assert both(client, f"tokens/{number}") == [{"service_request_id": number, "token": number}]


def test_a_request_is_closed_when_its_case_is(
    client: TestClient, key: str, connection: Connection
) -> None:
    number = posted(client, key)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET state = 'resolved', closed_at = '2026-03-01T00:00:00Z'"
            " WHERE ticket_id = %s",
            (number,),
        )

    [found] = both(client, f"requests/{number}", extensions="true")

    assert (found["status"], found["status_notes"]) == ("closed", "แก้ไขแล้ว")
    assert found["updated_datetime"] == "2026-03-01T07:00:00+07:00"
    assert found["extended_attributes"]["state"] == "resolved"


@pytest.fixture
def listed(client: TestClient, officer: str, connection: Connection) -> Iterator[Any]:
    """Lists the complaints of three days, of which one is of noise and one is closed."""
    now = datetime.now(UTC)
    for id, days, more in (
        ("today", 0, {"last_activity_at": now}),
        ("last-month", 30, {"last_activity_at": now - timedelta(days=1), "state": "resolved"}),
        ("last-year", 200, {"last_activity_at": now - timedelta(days=2)}),
    ):
        at = (now - timedelta(days=days)).isoformat()
        complaint(connection, id, at, province_code="74", **more)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET category = 'noise' WHERE id = 'last-year'")

    def found(**params: str) -> list[str]:
        answer = client.get(f"{V2}/requests.json", params={"api_key": officer, **params})
        assert answer.status_code == 200, answer.text
        return [one["service_request_id"] for one in answer.json()]

    yield found


def test_a_list_has_ninety_days_unless_other_ones_are_named(listed: Any) -> None:
    now = datetime.now(UTC)

    assert listed() == ["today", "last-month"]
    assert listed(status="", start_date="") == ["today", "last-month"]
    assert listed(start_date=f"{now - timedelta(days=210):%Y-%m-%d}") == ["last-year"]
    assert listed(end_date=f"{now - timedelta(days=20):%Y-%m-%dT00:00:00Z}") == ["last-month"]
    assert listed(service_request_id="last-year,today", status="closed") == ["today", "last-year"]


def test_a_list_is_of_what_is_asked_for(listed: Any) -> None:
    yesterday = f"{datetime.now(UTC) - timedelta(days=1, hours=1):%Y-%m-%dT%H:%M:%SZ}"

    assert listed(status="closed") == ["last-month"]
    assert listed(status="open") == ["today"]
    assert listed(status="open,closed") == ["today", "last-month"]
    assert listed(service_code="odour,noise") == ["today", "last-month"]
    assert listed(service_code="noise") == []
    assert listed(updated_after=yesterday) == ["today", "last-month"]
    assert listed(updated_before=yesterday) == ["last-year"]
    assert listed(page_size="1") == ["today"]
    assert listed(page_size="1", page="2") == ["last-month"]
    assert listed(page_size="1", page="3") == []


@pytest.mark.parametrize(
    "params",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"},
        {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00"},
        {"start_date": "2569-01-01T00:00:00Z"},
        {"end_date": "2026-01-01/2026-01-02"},
        {"status": "done"},
        {"status": ","},
        {"page": "0"},
        {"page": "٣"},
        {"page_size": "1001"},
        {"updated_after": "soon"},
    ],
)
def test_a_list_that_cannot_be_given_is_refused(client: TestClient, params: Json) -> None:
    answer = client.get(f"{V2}/requests.json", params=params)

    assert answer.status_code == 400
    assert next(iter(params)) in descriptions(answer)[0] or "end_date" in descriptions(answer)[0]


def test_years_at_the_ends_of_the_calendar_are_answered(client: TestClient) -> None:
    for params in ({"start_date": "9999-12-01T00:00:00Z"}, {"end_date": "0001-01-03T00:00:00Z"}):
        assert client.get(f"{V2}/requests.json", params=params).status_code in (200, 400)


def test_awkward_words_are_the_same_in_both_formats(
    client: TestClient, officer: str, connection: Connection
) -> None:
    complaint(connection, "a", _today(), province_code="74", address=f"{AWKWARD}\x0b\r\nข")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO complaint_text VALUES ('a', %s)", (AWKWARD,))

    [found] = both(client, "requests", api_key=officer)

    assert found["description"] == AWKWARD
    assert found["address"] == f"{AWKWARD}\ufffd\nข"


def test_what_no_xml_may_hold_is_marked_in_both_formats() -> None:
    for character in ("\0", "\x1f", "\ud800", "\uffff"):
        told = json.loads(written("errors", [{"description": character}], "json"))
        xml = ElementTree.fromstring(written("errors", [{"description": character}], "xml"))

        assert told == [{"description": "\ufffd"}]
        assert xml[0][0].text == "\ufffd"


def _account_of(connection: Connection, key: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id FROM api_key WHERE prefix = %s", (key[:8],))
        [(account,)] = cursor.fetchall()
    return str(account)


def _an_hour_ago() -> str:
    return (datetime.now(UTC) - timedelta(hours=1)).isoformat()


def _today() -> str:
    return datetime.now(UTC).isoformat()


def test_every_method_of_an_address_is_told_where_another_is_asked_for(client: TestClient) -> None:
    allowed = {
        path: client.put(f"{V2}/{path}").headers["allow"]
        for path in ("requests.json", "services.json")
    }

    assert allowed == {"requests.json": "GET, HEAD, POST", "services.json": "GET, HEAD"}
