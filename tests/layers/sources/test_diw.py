"""The factory register and plain lists of factories; every company and person here is invented."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed, Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.model import Ask, Delivery
from layers.sources.diw import SOURCE
from tests.layers.sources.reading import parsed, values_of, written
from tests.makers import province

SAMPLES = Path(__file__).parents[2] / "samples" / "diw"
REGISTER, LIST = SAMPLES / "live.csv", SAMPLES / "list.csv"


def test_a_record_of_the_register_is_read_through_marks_armour_and_newlines(
    fresh: Connection,
) -> None:
    load(fresh, REGISTER)

    assert rows(
        fresh,
        "SELECT registration_no, fid, name, factory_group, factory_class, product, horsepower,"
        " workers, estate, province_code, subdistrict_name, flag, status, location_precision,"
        " ST_AsText(geom), pok_date, updated_on FROM factory WHERE id = 'จ3-53(3)-1-51สค'",
    ) == [
        (
            "จ3-53(3)-1/51สค",
            "10740000125517",
            "บริษัท ตัวอย่างพลาสติก จำกัด",
            3,
            "05303",
            "ทำผลิตภัณฑ์พลาสติก\nและบรรจุภัณฑ์",
            1234.5,
            1250,
            None,
            "74",
            "นาดี",
            "1",
            "operating",
            "government",
            "POINT(100.3 13.6)",
            date(2008, 12, 15),
            date(2026, 7, 1),
        )
    ]


def test_swapped_and_utm_coordinates_are_repaired_and_marked(fresh: Connection) -> None:
    load(fresh, REGISTER)

    assert rows(
        fresh,
        "SELECT registration_no, round(ST_X(geom)::numeric, 2)::text,"
        " round(ST_Y(geom)::numeric, 2)::text"
        " FROM factory WHERE location_precision = 'repaired' ORDER BY registration_no",
    ) == [
        ("3-2(1)-2/45สค", "100.25", "13.55"),
        ("3-9(6)-100/51ปจ", "100.51", "13.75"),
        ("จ3-50(5)-1/50ลป", "99.45", "18.40"),
    ]


def test_a_factory_without_usable_coordinates_is_kept_off_the_map_and_said(
    fresh: Connection,
) -> None:
    load(fresh, REGISTER)

    assert rows(fresh, "SELECT id, status FROM factory WHERE geom IS NULL") == [
        ("3-64(13)-7-40", "struck_off")
    ]
    assert rows(fresh, "SELECT count(*) FROM published.factories WHERE id = '3-64(13)-7-40'") == [
        (0,)
    ]
    assert any(
        reason == "no usable coordinates: stored without a point" and "LAT 0, LNG 0" in detail
        for reason, detail in warnings(fresh)
    )


def test_a_check_digit_that_does_not_fit_is_a_warning_and_no_rejection(fresh: Connection) -> None:
    load(fresh, REGISTER)

    assert ("check digit of FID does not fit", "10100302325235") in warnings(fresh)
    assert rows(fresh, "SELECT fid FROM factory WHERE id = '3-64(13)-7-40'") == [
        ("10100302325235",)
    ]


def test_amounts_and_dates_that_cannot_be_read_are_left_empty_and_said(fresh: Connection) -> None:
    load(fresh, REGISTER)

    assert rows(fresh, "SELECT workers, pok_date FROM factory WHERE id = 'จ3-50(5)-1-50ลป'") == [
        (None, None)
    ]
    told = dict(warnings(fresh))
    assert told["TOTAL_WORKER is not a number: left empty"].startswith("'มาก' is not a number")


def test_dates_come_as_days_of_a_spreadsheet_and_in_the_buddhist_era(fresh: Connection) -> None:
    load(fresh, REGISTER)

    assert rows(
        fresh,
        "SELECT DISTINCT pok_date FROM factory WHERE id IN ('3-9(6)-100-51ปจ', '3-64(13)-7-40')",
    ) == [(date(2008, 12, 15),)]


def test_group_and_class_come_from_the_number_where_factype_holds_the_group(
    fresh: Connection,
) -> None:
    load(fresh, REGISTER)

    assert rows(
        fresh, "SELECT factory_group, factory_class FROM factory WHERE id = '3-9(6)-100-51ปจ'"
    ) == [(3, "00906")]


def test_a_factory_of_an_estate_has_its_estate_and_no_group(fresh: Connection) -> None:
    load(fresh, REGISTER)

    assert rows(
        fresh, "SELECT factory_group, factory_class, estate FROM factory WHERE estate IS NOT NULL"
    ) == [(None, "04201", "นิคมอุตสาหกรรมตัวอย่าง")]


def test_no_natural_person_is_stored_or_published(fresh: Connection) -> None:
    load(fresh, REGISTER, LIST)

    stored = "\n".join(
        str(text)
        for table in ("factory", "published.factories", "quarantine")
        for (text,) in rows(fresh, f"SELECT t::text FROM {table} AS t")
    )
    assert "สมมติ" not in stored
    assert "สมมุติ" not in stored
    assert rows(
        fresh,
        "SELECT name, natural_person FROM factory WHERE province_code = '74' AND natural_person"
        " ORDER BY name",
    ) == [("โรงงานของบุคคลธรรมดา", True), ("โรงสี รุ่งเรืองดี", True)]


def test_a_row_quoted_as_a_whole_is_read_and_one_with_loose_commas_is_quarantined(
    fresh: Connection,
) -> None:
    tally = load(fresh, REGISTER)

    assert rows(fresh, "SELECT factory_class, horsepower FROM factory WHERE id LIKE '%ขก'") == [
        ("08802", 2000)
    ]
    assert (tally.read, tally.inserted, tally.quarantined) == (10, 8, 2)
    assert rows(fresh, "SELECT reason FROM quarantine WHERE NOT stored ORDER BY line") == [
        ("neither registration number nor FID",),
        ("cells do not fit the header",),
    ]


def test_an_older_extract_is_read_by_its_short_column_names_and_undoes_nothing(
    fresh: Connection, tmp_path: Path
) -> None:
    header = "DISPFACREG,FNAME,FFLAG,LAT,LNG,TOTAL_WORK,ESTATE,ESTATE_NAM,LAST_UPDAT\n"
    old = tmp_path / "old.csv"
    old.write_text(
        f"{header}จ3-53(3)-1/51สค,บริษัท ชื่อเก่า จำกัด,0,13.6,100.3,7,OUT,,39797\n"
        "3-53(3)-9/51สค,บริษัท ที่หายไป จำกัด,1,13.6,100.3,7,IN,นิคมเก่า,39797\n",
        encoding="utf-8",
    )

    load(fresh, REGISTER)
    tally = load(fresh, old)

    assert (tally.inserted, tally.updated, tally.unchanged) == (1, 0, 1)
    assert rows(
        fresh,
        "SELECT name, workers, estate, updated_on FROM factory WHERE id LIKE '%53(3)%' ORDER BY id",
    ) == [
        ("บริษัท ที่หายไป จำกัด", 7, "นิคมเก่า", date(2008, 12, 15)),
        ("บริษัท ตัวอย่างพลาสติก จำกัด", 1250, None, date(2026, 7, 1)),
    ]


def test_a_factory_that_left_the_register_stays_with_the_day_it_was_last_seen(
    fresh: Connection, tmp_path: Path
) -> None:
    shorter = tmp_path / "shorter.csv"
    text = REGISTER.read_text(encoding="utf-8")
    shorter.write_text("".join(text.splitlines(keepends=True)[:3]), encoding="utf-8")

    deliver(fresh, REGISTER, datetime(2026, 11, 20, tzinfo=UTC))
    tally = deliver(fresh, shorter, datetime(2026, 11, 21, tzinfo=UTC))

    assert (tally.inserted, tally.updated, tally.unchanged) == (0, 0, 1)
    assert rows(
        fresh, "SELECT last_seen_at::date, count(*) FROM factory GROUP BY 1 ORDER BY 1"
    ) == [(date(2026, 11, 20), 7), (date(2026, 11, 21), 1)]


def test_a_plain_list_is_mended_merged_and_the_rest_quarantined(fresh: Connection) -> None:
    tally = load(fresh, LIST)

    assert (tally.read, tally.inserted, tally.merged, tally.quarantined) == (11, 8, 2, 1)
    assert rows(
        fresh,
        "SELECT name, product, location_precision, province_code FROM factory"
        " WHERE NOT natural_person ORDER BY ST_Y(geom)",
    ) == [
        ("บริษัท ตัวอย่างหนึ่ง จำกัด", "ทำถุงพลาสติก", "community", "74"),
        ("บริษัท ตัวอย่างสอง จำกัด", "ชิ้นส่วน 2,000 ตัน/ปี, และแม่พิมพ์", "community", "74"),
        ("Sample Three Co., Ltd.", "ทำกล่อง", "community", None),
        ("บริษัท ตัวอย่างสี่ จำกัด", "ทำโคมไฟ เช่น โคมถนน", "community", "74"),
        ("บริษัท ตัวอย่างหก จำกัด", "ทำกุญแจ", "repaired", None),
        ("บริษัท ตัวอย่างเจ็ด จำกัด", "ทำกุญแจ", None, None),
    ]


def test_a_factory_whose_record_names_no_province_is_placed_by_its_point(
    fresh: Connection,
) -> None:
    province(fresh, "74")

    load(fresh, LIST)

    assert rows(fresh, "SELECT province_code FROM factory WHERE name LIKE 'Sample%'") == [("74",)]


def test_the_real_list_of_samut_sakhon_is_read_whole(fresh: Connection, shared_data: Path) -> None:
    file = shared_data / "facilities_factories" / "factories_samutsakhon_muang.csv.gz"

    first, second = load(fresh, file), load(fresh, file)

    assert (first.read, first.inserted, first.merged) == (935, 927, 0)
    assert (first.quarantined, first.warnings) == (8, 56)
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, 927)
    assert rows(fresh, "SELECT count(*) FROM quarantine") == [(8 + 56,)]
    assert rows(fresh, "SELECT count(*), count(*) FILTER (WHERE natural_person) FROM factory") == [
        (927, 20)
    ]


def test_a_list_of_something_else_is_refused(fresh: Connection, shared_data: Path) -> None:
    with pytest.raises(RunFailed, match="lacks the columns"):
        load(fresh, shared_data / "facilities_factories" / "subdistricts.csv")


def test_the_live_register_is_asked_for_at_the_address_of_the_setting() -> None:
    assert SOURCE.requests is not None
    ask = Ask(datetime(2026, 11, 21, tzinfo=UTC), {"FAHSAI_DIW_URL": "http://localhost/x"})

    assert [request.url for request in SOURCE.requests(ask)] == ["http://localhost/x"]


def test_a_live_register_of_few_rows_was_probably_cut_off() -> None:
    assert SOURCE.warn is not None
    live = Delivery("https://example.org/register", datetime(2026, 11, 21, tzinfo=UTC))

    assert "probably cut off" in (SOURCE.warn(5_000, live) or "")
    assert SOURCE.warn(241_588, live) is None
    assert SOURCE.warn(10, Delivery("register.csv", live.received_at)) is None


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("FFLAG", "9", "FFLAG is not a status that is known"),
        ("FFLAG", "ประกอบกิจการ", "FFLAG is not a status that is known"),
        ("FPROVNAME", "สมุทรสาครร", "FPROVNAME is not the name of a province"),
        ("TOTAL_WORKER", "0.5", "TOTAL_WORKER is not a whole number: left empty"),
        ("FID", "1.074E+13", "FID is rounded by a spreadsheet: left empty"),
    ],
)
def test_a_value_that_says_nothing_is_said(
    column: str, value: str, reason: str, tmp_path: Path
) -> None:
    found, told = parsed(SOURCE, written(tmp_path / "f.csv", one_factory(**{column: value})))

    assert len(found) == 1
    assert [(one.reason, one.stored) for one in told] == [(reason, True)]
    assert value in told[0].detail


@pytest.mark.parametrize("flag", ["๑", "1.0", " 1"])
def test_a_status_is_read_however_its_digit_is_written(flag: str, tmp_path: Path) -> None:
    found, told = parsed(SOURCE, written(tmp_path / "f.csv", one_factory(FFLAG=flag)))

    (values,) = values_of(found, "factory")
    assert (values["flag"], values["status"], told) == ("1", "operating", [])


def test_a_number_that_a_spreadsheet_has_rounded_is_no_factory(tmp_path: Path) -> None:
    file = written(tmp_path / "f.csv", one_factory(DISPFACREG="1.074E+13"))

    found, rejected = parsed(SOURCE, file)

    assert found == []
    assert rejected[0].reason == "DISPFACREG is rounded by a spreadsheet"
    assert "'1.074E+13'" in rejected[0].detail


def one_factory(**values: str) -> str:
    """A register of one sound factory but for the values."""
    sound = {
        "DISPFACREG": "จ3-53(3)-14/51สค",
        "FNAME": "บริษัท ตัวอย่าง จำกัด",
        "FFLAG": "1",
        "LAT": "13.6",
        "LNG": "100.3",
    }
    record = {**sound, **values}
    return f"{','.join(record)}\n{','.join(record.values())}\n"


def load(connection: Connection, *files: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads(files), "files")


def deliver(connection: Connection, file: Path, received_at: datetime) -> Tally:
    return ingest(connection, SOURCE, [(file, Delivery(file.name, received_at))], file.name)


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def warnings(connection: Connection) -> list[tuple[str, str]]:
    found = rows(connection, "SELECT reason, detail FROM quarantine WHERE stored")
    return [(str(reason), str(detail)) for reason, detail in found]
