"""Migrations: all or nothing, once, forward only."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2.errors
import pytest

from geo_api.database import migrations as room
from geo_api.database.connections import owner_connection
from geo_api.database.migrations import migrate

VERSIONS = sorted((room.ROOT / "migrations" / "versions").glob("2*.py"))


def answer(url: str, question: str) -> object:
    connection = owner_connection(url)
    with connection.cursor() as cursor:
        cursor.execute(question)
        [(found,)] = cursor.fetchall()
    connection.close()
    return found


def test_every_revision_is_applied_once_and_named(empty_url: str) -> None:
    first = migrate(empty_url)
    made = answer(empty_url, "SELECT to_regnamespace('published')::oid")

    second = migrate(empty_url)

    assert sorted(first) == [path.stem for path in VERSIONS]
    assert second == []
    assert answer(empty_url, "SELECT to_regnamespace('published')::oid") == made


def test_of_two_at_once_one_works_and_the_other_finds_nothing_to_do(empty_url: str) -> None:
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(migrate, [empty_url, empty_url]))

    assert sorted(map(len, done)) == [0, len(VERSIONS)]


def test_a_view_that_cannot_be_made_leaves_nothing_behind(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_statements", lambda: ["CREATE VIEW mine AS SELECT nothing"])

    with pytest.raises(psycopg2.errors.UndefinedColumn):
        migrate(empty_url)

    assert answer(empty_url, "SELECT to_regclass('run') IS NULL") is True


def test_changed_views_are_made_anew_without_a_revision(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(empty_url)
    statements = [*room._statements(), "CREATE VIEW published.more AS SELECT 1 AS id"]
    monkeypatch.setattr(room, "_statements", lambda: statements)

    applied = migrate(empty_url)

    assert applied == []
    assert answer(empty_url, "SELECT id FROM published.more") == 1


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_is_dated_named_as_its_file_and_forward_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.match(r"\d{4}_\d\d_\d\d_[a-z_]+$", path.stem)
    assert f'revision = "{path.stem}"' in text
    assert "def downgrade" not in text
