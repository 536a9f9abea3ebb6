"""Keeps the searched names as the published views show them, in the transaction of a change."""

import hashlib
import inspect
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from geo_api.search import kinds, sql
from geo_api.search.kinds import KINDS, Kind
from layers.methods import name_keys, romanisation

_FLUSH_CHARACTERS = 1 << 22


def keep_names(cursor: Cursor, tables: Iterable[str]) -> None:
    """Brings the names of what the `tables` hold up to date; those that did not change stay."""
    changed = set(tables)
    for kind in KINDS:
        if changed.intersection(kind.tables):
            _keep(cursor, kind)


def keep_all_names(connection: Connection) -> bool:
    """Makes all names anew where they were never made, or otherwise than they are now; whether it
    did. Commits."""
    with connection.cursor() as cursor:
        cursor.execute(sql.MADE_WITH)
        now = fingerprint()
        if cursor.fetchone() == (now,):
            connection.rollback()
            return False
        cursor.execute(sql.FORGET_ALL)
        with _indexed_afterwards(cursor):
            for kind in KINDS:
                _load(cursor, kind)
        cursor.execute(sql.note_made_with(now))
    connection.commit()
    return True


@contextmanager
def _indexed_afterwards(cursor: Cursor) -> Iterator[None]:
    """Indexes of all names at once are made in half the time. Nobody reads meanwhile: a table that
    is emptied is locked."""
    cursor.execute(sql.INDEXES)
    indexes = cursor.fetchall()
    if indexes:
        cursor.execute(sql.drop_indexes([name for name, _ in indexes]))
    yield
    for _, statement in indexes:
        cursor.execute(statement)
    cursor.execute(sql.ANALYZE)


def fingerprint() -> str:
    """Changes with how keys are made, and with what can be found."""
    text = "".join(map(inspect.getsource, (kinds, name_keys, romanisation)))
    return f"made with {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _keep(cursor: Cursor, kind: Kind) -> None:
    cursor.execute(sql.forget_changed(kind))
    if _load(cursor, kind):
        cursor.execute(sql.TIDY)
        if kind.many:
            cursor.execute(sql.ANALYZE)


def _load(cursor: Cursor, kind: Kind) -> bool:
    """Whether any of its names were missing."""
    cursor.execute(sql.missing(kind))
    missing = cursor.fetchall()
    if not missing:
        return False
    cursor.execute(sql.EMPTY_STAGED)
    for text in _copied(kind, missing):
        cursor.copy_expert(sql.COPY_STAGED, text)
    cursor.execute(sql.KEEP_STAGED)
    return True


def _copied(kind: Kind, missing: Iterable[tuple[str, str, str]]) -> Iterator[io.StringIO]:
    """Rows of the table as COPY reads them, a few megabytes at a time."""
    text = io.StringIO()
    for id_, part, given in missing:
        for row in _rows(kind, id_, part, given):
            text.write("\t".join(map(_escaped, row)) + "\n")
        if text.tell() > _FLUSH_CHARACTERS:
            text.seek(0)
            yield text
            text = io.StringIO()
    text.seek(0)
    yield text


def _rows(kind: Kind, id_: str, part: str, given: str) -> Iterator[tuple[str, ...]]:
    names = {part: given}
    if part == "name_th" and kind.short_of and given.startswith(kind.short_of):
        names["short"] = given.removeprefix(kind.short_of)
    for name, text in names.items():
        key = name_keys.name_key(text)
        sound = "" if part == "number" else _sound(key)
        yield kind.name, id_, name, given, key.text, sound


def _sound(key: name_keys.NameKey) -> str:
    # Of the name as it is written: the marks that a key lacks tell how it is said.
    counting = "".join(key.given[start:end] for start, end in key.stretches())
    return name_keys.sound_key(romanisation.romanise(counting))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
