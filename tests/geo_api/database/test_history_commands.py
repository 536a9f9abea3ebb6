"""What is taken out of the history for good, by command: for the law, or since it is too much."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from psycopg2.extensions import connection as Connection

from geo_api.command_errors import OneLineErrors
from geo_api.database.as_of import as_of_reads
from geo_api.database.connections import Reads
from geo_api.database.history_commands import history_commands
from geo_api.settings import Settings
from layers.query import BadQuery
from tests.geo_api.database.asking import answer, rows
from tests.history import changed, story
from tests.makers import factory

Command = Callable[..., Result]


@pytest.fixture
def command(fresh_url: str) -> Command:
    """Runs `fahsai history …` over the database of `fresh`."""

    @contextmanager
    def opens() -> Iterator[tuple[Settings, str]]:
        yield Settings(home=Path("/nowhere")), fresh_url

    group = OneLineErrors()
    group.add_command(history_commands(opens))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(group, ["history", *arguments])

    return run


def names(reads: Reads, time: str) -> list[str]:
    former = as_of_reads(reads, time, ["factories"])
    return [name for (name,) in former.fetch("SELECT name FROM published.factories ORDER BY id")]


def test_what_is_kept_is_listed_with_its_size(fresh: Connection, command: Command) -> None:
    story(fresh)

    told = command("list")

    assert told.exit_code == 0, told.output
    assert "factory: " in told.output
    assert told.output.splitlines()[-1].startswith("in all ")


def test_the_former_rows_of_one_who_may_ask_for_it_are_erased_and_that_is_told(
    fresh: Connection, fresh_url: str, fresh_reads: Reads, command: Command
) -> None:
    times = story(fresh)

    told = command("erase", "factory", "id=a", "--reason", "PDPA, section 33: 100 %")

    assert told.output == "3 former rows of factory erased\n"
    assert [names(fresh_reads, time) for time in times] == [["stays"]] * 4
    assert rows(fresh_url, "SELECT table_name, rows, reason FROM published.history_erasures") == [
        ("factory", 3, "PDPA, section 33: 100 %")
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("factory", "id=b"), "factory has 1 such rows now"),
        (("nothing", "id=a"), "no history of 'nothing' is kept"),
        (("complaint", "id=a"), "no history of 'complaint' is kept"),
        (("factory", "owner=a"), "factory keeps no 'owner'"),
        (("factory", "id"), "COLUMN=VALUE"),
        (("factory", "workers=many"), "cannot have such a value"),
    ],
)
def test_what_would_come_back_or_is_not_kept_is_refused(
    arguments: tuple[str, ...], why: str, fresh: Connection, fresh_url: str, command: Command
) -> None:
    story(fresh)

    told = command("erase", *arguments, "--reason", "test")

    assert told.exit_code == 1
    assert why in told.output
    assert answer(fresh_url, "SELECT count(*) FROM history.factory") == 3


def test_what_was_replaced_before_a_day_is_forgotten_and_nobody_is_told_otherwise(
    fresh: Connection, fresh_reads: Reads, fresh_url: str, command: Command
) -> None:
    story(fresh)
    # A day later all that came to be so far was so by its midnight.
    changed(fresh, "UPDATE data_commit SET committed_at = committed_at - interval '2 days'")
    factory(fresh, "c", name="new", lon=100.1, lat=13.1)
    fresh.commit()
    changed(fresh, "UPDATE factory SET name = 'newer' WHERE id = 'c'")
    [(version, day)] = rows(
        fresh_url,
        "SELECT version, (committed_at AT TIME ZONE 'Asia/Bangkok')::date + 1 FROM data_commit"
        " WHERE committed_at < now() - interval '1 day' ORDER BY version DESC LIMIT 1",
    )

    told = command("forget", "--before", str(day), "--reason", "two years are enough")

    assert told.output == "3 former rows forgotten\n"
    assert names(fresh_reads, str(version)) == ["stays"]
    assert names(fresh_reads, str(version + 1)) == ["stays", "new"]
    with pytest.raises(BadQuery, match="as_of of factories goes back to"):
        as_of_reads(fresh_reads, str(version - 1), ["factories"])


def test_a_day_that_has_not_begun_cannot_be_forgotten(command: Command) -> None:
    told = command("forget", "--before", "2090-01-01", "--reason", "test")

    assert told.exit_code == 1
    assert "yet to come" in told.output
