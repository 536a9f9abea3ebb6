"""Values remembered by the version of the data: never older than what is asked for."""

from geo_api.database.data_versions import DataVersions
from geo_api.http.caching.memo import VersionedMemo


def versions(factories: str, rasters: str = "1") -> DataVersions:
    return DataVersions(
        "schema", False, frozenset(), {"factories": factories, "rasters": rasters}, {}
    )


def test_a_value_is_found_until_what_it_shows_changes() -> None:
    memo = VersionedMemo[str](10)
    now = versions("1")
    memo.put("key", ("factories",), now.tag(("factories",)), "value")

    assert memo.get("key", now) == "value"
    assert memo.get("key", versions("1", rasters="2")) == "value"
    assert memo.get("key", versions("2")) is None
    assert memo.get("key", None) is None
    assert memo.get("another", now) is None


def test_the_oldest_is_forgotten() -> None:
    memo = VersionedMemo[int](2)
    now = versions("1")
    for number in range(3):
        memo.put(number, (), now.tag(()), number)

    assert [memo.get(number, now) for number in range(3)] == [None, 1, 2]
