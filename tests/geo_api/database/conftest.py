"""A room of a test's own, whose functions are made along with all others."""

from pathlib import Path

import pytest

from geo_api.database import repeatable_migrations


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder `functions` of a room more, which comes last."""
    rooms = (*repeatable_migrations._ROOMS, tmp_path)
    monkeypatch.setattr(repeatable_migrations, "_ROOMS", rooms)
    folder = tmp_path / "functions"
    folder.mkdir()
    return folder
