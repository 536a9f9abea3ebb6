"""Which programs and how much memory the embedded PostgreSQL gets."""

from pathlib import Path

import pytest

from geo_api.database.embedded import installation
from geo_api.database.embedded.installation import (
    ClusterError,
    find_installation,
    machine_memory,
    tuning,
)

GIBIBYTE = 2**30


def test_missing_programs_are_named_as_debian_packages(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ClusterError, match="apt-get install postgresql-99-postgis-3"):
        find_installation(99)

    monkeypatch.setattr(installation, "DEBIAN_PROGRAMS", home)
    monkeypatch.setenv("PATH", str(home))
    with pytest.raises(ClusterError, match=r"postgresql-15-postgis-3.*FAHSAI_DATABASE_URL"):
        find_installation()


def test_memory_settings_follow_the_machine() -> None:
    names = ("shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem")

    small, large = tuning(GIBIBYTE), tuning(64 * GIBIBYTE)

    assert [small[name] for name in names] == ["256MB", "614MB", "4MB", "64MB"]
    assert [large[name] for name in names] == ["2048MB", "39321MB", "32MB", "512MB"]


def test_the_memory_of_this_machine_is_known() -> None:
    assert 2**28 < machine_memory() < 2**45
