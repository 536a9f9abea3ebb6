"""/api/search: what people type, and what they find."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.search.kinds import KINDS
from geo_api.search.names import keep_names
from tests.makers import box, factory, insert, province

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def world(connection: Connection) -> None:
    """Three provinces, a district and a sub-district in one, an estate and four factories."""
    province(connection, "71", name_th="กาญจนบุรี", name_en="Kanchanaburi", region="west")
    ayutthaya = ("พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya")
    province(
        connection, "14", name_th=ayutthaya[0], name_en=ayutthaya[1], wkt=box(100.5, 14, 101, 14.5)
    )
    province(connection, "46", name_th="กาฬสินธุ์", name_en="Kalasin", wkt=box(103, 16, 104, 17))
    area = {"source": "boundaries", "wkt": box(100.2, 13.5, 100.3, 13.6)}
    names = {"name_th": "ท่าม่วง", "name_en": "Tha Muang"}
    insert(connection, "district", code="7106", province_code="71", **names, **area)
    names = {"name_th": "วังศาลา", "name_en": "Wang Sala"}
    insert(connection, "subdistrict", code="710603", district_code="7106", **names, **area)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO industrial_estate (id, name_th, office, lon, lat, source)"
            " VALUES ('ieat-23', 'นิคมอุตสาหกรรมบางปู', false, 100.25, 13.55, 'industrial_estates')"
        )
    factory(
        connection,
        "mill",
        name="บริษัท น้ำตาลกาญจนบุรี จำกัด (มหาชน)",
        province_code="71",
        registration_no="จ3-11(3)-7/51กจ",
    )
    factory(connection, "10740000325455", name="บริษัท ไทยพลาสติก จำกัด", province_code="71")
    factory(connection, "steel", name="Siam Steel Co., Ltd.", registration_no="3-59-10/40")
    factory(connection, "glass", name="โรงแก้วรุ่งเรือง", registration_no="3-54-10/41")
    keep(connection)


def keep(connection: Connection) -> None:
    with connection.cursor() as cursor:
        keep_names(cursor, [table for kind in KINDS for table in kind.tables])


def ask(client: TestClient, text: str, **more: str) -> list[Json]:
    answer = client.get("/api/search", params={"q": text, **more})
    assert answer.status_code == 200, answer.text
    results: list[Json] = answer.json()["results"]
    return results


def found(client: TestClient, text: str) -> list[str]:
    return [f"{one['kind']} {one['id']}" for one in ask(client, text)]


def first(client: TestClient, text: str) -> str:
    return found(client, text)[0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("กาญจนบุรี", "province 71"),
        ("กาญจน", "province 71"),
        ("จ.กาญจนบุรี", "province 71"),
        ("จังหวัดกาญจนบุรี", "province 71"),
        ("กาญจนบรี", "province 71"),
        ("  กาญจน บุรี ", "province 71"),
        ("kanchanaburi", "province 71"),
        ("KANCHANA BURI", "province 71"),
        ("kanjanaburi", "province 71"),
        ("Kalasin", "province 46"),
        ("ayutthaya", "province 14"),
        ("ayuthaya", "province 14"),
        ("อยุธยา", "province 14"),
        ("อ.ท่าม่วง", "district 7106"),
        ("ทาม่วง", "district 7106"),
        ("tha-muang", "district 7106"),
        ("ต.วังศาลา", "subdistrict 710603"),
        ("บางปู", "industrial_estate ieat-23"),
        ("นิคมอุตสาหกรรมบางปู", "industrial_estate ieat-23"),
        ("bang pu", "industrial_estate ieat-23"),
        ("น้ำตาล", "factory mill"),
        ("namtan", "factory mill"),
        ("บจก. ไทยพลาสติก", "factory 10740000325455"),
        ("ไทยพาสติก", "factory 10740000325455"),
        ("thai plastik", "factory 10740000325455"),
        ("siam steel limited", "factory steel"),
        ("steel", "factory steel"),
    ],
)
def test_what_is_meant_comes_first(client: TestClient, typed: str, expected: str) -> None:
    assert first(client, typed) == expected


@pytest.mark.parametrize(
    "typed", ["จ3-11(3)-7/51กจ", "จ311(3)7/51กจ", "3-11(3)-7/51", "จ๓-๑๑(๓)-๗/๕๑กจ", "1137 51"]
)
def test_a_registration_number_is_found_however_it_is_written(
    client: TestClient, typed: str
) -> None:
    assert first(client, typed) == "factory mill"


def test_a_new_number_that_the_id_is_made_of_is_found(client: TestClient) -> None:
    [one] = ask(client, "1074-0000325455")

    assert one["matched"]["part"] == "number"
    assert one["number"] == "10740000325455"


def test_exact_comes_before_prefix_and_part_and_a_province_before_a_factory(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "same", name="กาญจนบุรี", province_code="14")
    factory(connection, "longer", name="กาญจนบุรีฟาร์ม", province_code="14")
    keep(connection)

    results = ask(client, "กาญจนบุรี")

    assert [(one["id"], one["matched"]["how"]) for one in results] == [
        ("71", "exact"),
        ("same", "exact"),
        ("longer", "prefix"),
        ("mill", "part"),
    ]


def test_a_result_says_where_it_is_what_matched_and_where_its_page_is(client: TestClient) -> None:
    [mill] = ask(client, "น้ำตาลกาญ")
    [place] = ask(client, "วังศาลา")
    [estate] = ask(client, "บางปู")

    assert mill["name_th"] == "บริษัท น้ำตาลกาญจนบุรี จำกัด (มหาชน)"
    assert (mill["lon"], mill["lat"]) == (100.25, 13.55)
    assert mill["within"]["district"]["name_th"] == "ท่าม่วง"
    assert mill["within"]["province"]["name_en"] == "Kanchanaburi"
    [(start, end)] = mill["matched"]["spans"]
    assert mill["matched"]["text"][start:end] == "น้ำตาลกาญ"
    assert (mill["href"], mill["kind_title"]) == ("/factories/mill", "โรงงาน")
    assert place["href"] == "/districts/7106"
    assert place["within"]["province"]["id"] == "71"
    assert estate["href"] == "/eco-towns/ieat-23"


def test_a_place_may_be_named_with_what_it_lies_in(client: TestClient) -> None:
    assert first(client, "ท่าม่วง กาญจนบุรี") == "district 7106"
    assert first(client, "steel kanchanaburi") == "province 71"  # it lies in no province here
    assert first(client, "พลาสติก กาญจนบุรี") == "factory 10740000325455"


def test_words_may_have_others_between_them(client: TestClient, connection: Connection) -> None:
    factory(connection, "long", name="สยามรวมใจ เคมีภัณฑ์ 2000")
    keep(connection)

    assert first(client, "สยาม เคมี") == "factory long"


@pytest.mark.parametrize("typed", ["", "   ", "---", "()", "์", "%", "_", "\\", "'", "😀"])
def test_what_has_nothing_to_look_for_finds_nothing(client: TestClient, typed: str) -> None:
    assert ask(client, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "'; DROP TABLE factory; --",
        "' OR '1'='1",
        "%%%",
        "{}",
        "%(key)s",
        "\\'); SELECT 1",
        "<script>alert(1)</script>",
        "ก" * 500,
        "a" * 500,
        "\ud800".encode("utf-8", "replace").decode(),
        "กา\u0000"[:2],
    ],
)
def test_any_text_is_taken(client: TestClient, typed: str) -> None:
    assert isinstance(ask(client, typed), list)
    assert first(client, "กาญจนบุรี") == "province 71"


def test_of_a_long_text_the_first_characters_count(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "x" * 500}).json()

    assert len(answer["query"]) == 200


def test_one_letter_finds_what_begins_with_it(client: TestClient) -> None:
    assert set(found(client, "ก")) == {"province 71", "province 46"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("q=a&limit=0", "limit"), ("q=a&limit=x", "limit"), ("q=%00", "q"), ("q=a&near=1", "near")],
)
def test_a_mistake_names_its_parameter(client: TestClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/search?{query}")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter


def test_the_answer_is_open_data_and_told_in_the_language_asked_for(client: TestClient) -> None:
    answer = client.get("/api/search?q=kalasin&lang=en", headers={"Origin": "https://a.example"})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-language"] == "en"
    assert answer.json()["results"][0]["kind_title"] == "Province"


def test_no_kind_takes_all_the_room(client: TestClient, connection: Connection) -> None:
    for number in range(20):
        area = {"source": "boundaries", "wkt": box(100.2, 13.5, 100.3, 13.6)}
        names = {"name_th": f"บางแห่ง{number}", "name_en": f"Bang Haeng {number}"}
        insert(connection, "district", code=f"74{number:02d}", province_code="74", **names, **area)
        factory(connection, f"f{number}", name=f"บางแห่งอุตสาหกรรม {number}")
    keep(connection)

    kinds = [one["kind"] for one in ask(client, "บางแห่ง")]

    assert kinds == ["district"] * 5 + ["factory"] * 5


def test_what_no_view_shows_is_not_found(client: TestClient, connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO factory (id, source, name) VALUES ('nowhere', 'diw', 'บริษัท ไร้พิกัด จำกัด')"
        )
    keep(connection)

    assert found(client, "ไร้พิกัด") == []


def test_a_name_that_changed_or_went_is_found_no_more(
    client: TestClient, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE factory SET name = 'โรงกระจก' WHERE id = 'glass'")
        cursor.execute("DELETE FROM factory WHERE id = 'steel'")
        assert found(client, "siam steel") == []  # even before the names are kept again
        keep_names(cursor, ["factory"])
        cursor.execute("SELECT count(*) FROM search_name WHERE id IN ('glass', 'steel')")
        assert cursor.fetchone() == (2,)

    assert first(client, "โรงกระจก") == "factory glass"
    assert "factory glass" not in found(client, "โรงแก้วรุ่งเรือง")


def test_keeping_the_same_names_again_changes_none(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(n ORDER BY kind, id, part) FROM search_name AS n")
        before = cursor.fetchone()
        cursor.execute(
            "CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE 'written'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER fail BEFORE INSERT OR UPDATE OR DELETE ON search_name"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.fail()"
        )
        keep_names(cursor, [table for kind in KINDS for table in kind.tables])
        cursor.execute("SELECT array_agg(n ORDER BY kind, id, part) FROM search_name AS n")
        assert cursor.fetchone() == before
