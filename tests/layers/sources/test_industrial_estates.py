"""The estates of IEAT: which points are to be trusted, and which are not estates at all."""

from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.industrial_estates import SOURCE

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_estates_at_one_point_are_told_from_those_with_their_own(fresh: Connection) -> None:
    load(fresh, SAMPLES / "industrial_estates.csv")

    assert notes(fresh) == {
        "ieat-1": (None, 1),
        "ieat-13": ("shared", 2),
        "ieat-23": ("shared", 2),
        "ieat-25": ("shared", 2),
        "ieat-42": ("office", 1),
        "ieat-68": ("shared", 2),
        "ieat-82": (None, 1),
    }


def test_swapped_coordinates_are_put_back_and_an_estate_without_is_quarantined(
    fresh: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "estates.csv"
    file.write_text("id,name_th,lat,lon,operations\n1,ก,100.9,14.4,\n2,ข,1.5,100.9,\n3,ค,14.4,,\n")

    tally = load(fresh, file)

    assert (tally.inserted, tally.quarantined) == (1, 2)
    assert tally.reasons == {
        "latitude and longitude were swapped: put back in order": 1,
        "place is not in or near Thailand": 1,
        "no usable coordinates": 1,
    }


def test_the_whole_list_loads_once_and_again_without_a_change(
    fresh: Connection, shared_data: Path
) -> None:
    file = shared_data / "industrial_estates" / "ieat_estates_2026.csv"

    first, second = load(fresh, file), load(fresh, file)

    assert (first.inserted, first.quarantined) == (72, 0)
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, 72)
    found = list(notes(fresh).values())
    assert found.count(("office", 1)) == 2
    assert sorted({n for note, n in found if note == "shared"}, reverse=True)[:2] == [11, 7]


def load(connection: Connection, file: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def notes(connection: Connection) -> dict[str, tuple[str | None, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, location_note, estates_at_point FROM published.industrial_estates"
        )
        return {id: (note, estates) for id, note, estates in cursor.fetchall()}
