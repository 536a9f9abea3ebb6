"""A database of the revisions of 2026-11-21 becomes one of ours, and keeps its rows.

The one in `samples` is what that version left of the small samples of the sources, with pg_dump.
"""

import gzip
from pathlib import Path
from typing import Any

import pytest

from geo_api.database.connections import owner_connection
from geo_api.database.migrations import NotMigrated, migrate, require_migrated
from geo_api.database.repeatable_migrations import seed_files
from geo_api.database.takeover import NotTakenOver
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources import source_named
from tests.geo_api.database.asking import answer, rows, run
from tests.geo_api.test_cli import fahsai

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

TABLES = """
    SELECT c.oid::regclass::text FROM pg_class AS c
    WHERE relnamespace::regnamespace::text IN ('public', 'staging', 'truth')
        AND relkind IN ('r', 'p') AND NOT relispartition
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
"""
# Whatever pg_dump would write of the tables, functions and triggers, a row each.
SCHEMA = f"""
    WITH ours AS (SELECT name::regclass AS oid FROM ({TABLES}) AS t (name))
    SELECT 'column', format('%s %s %s', attrelid::regclass, attnum, attname), format(
        '%s %s %s %s %s', format_type(atttypid, atttypmod), attnotnull, attcollation::regcollation,
        attgenerated, (
            SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
            WHERE adrelid = attrelid AND adnum = attnum
        )
    )
    FROM pg_attribute JOIN ours ON oid = attrelid WHERE attnum > 0
    UNION ALL
    SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN ours ON oid = indrelid
    UNION ALL
    SELECT 'constraint', conrelid::regclass || ' ' || conname, pg_get_constraintdef(c.oid)
    FROM pg_constraint AS c JOIN ours ON ours.oid = conrelid
    UNION ALL
    SELECT 'trigger', tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger AS t JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'comment', objoid::regclass || ' ' || objsubid, description
    FROM pg_description JOIN ours ON oid = objoid WHERE classoid = 'pg_class'::regclass
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text, prosrc
    FROM pg_proc AS p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    )
"""


NOT_SHOWN_ANY_MORE = ("public_geom", "public_at", "time_precision")


@pytest.fixture
def former_url(empty_url: str, template: str) -> str:
    """The owner's URL of a database as that version left it, with some rows of every table. The
    server has the roles already, from the `template`: they are in no dump of a database."""
    dump = gzip.decompress((SAMPLES / "database_2026_11_21.sql.gz").read_bytes())
    run(empty_url, dump.decode())
    return empty_url


def columns(url: str) -> dict[str, list[str]]:
    """Those of every table, in their order, but that of the revisions and that of the functions."""
    names = {name for (name,) in rows(url, TABLES)} - {"alembic_version", "installed_function"}
    attributes = (
        "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
        " AND attrelid = '{}'::regclass ORDER BY attnum"
    )
    return {name: [column for (column,) in rows(url, attributes.format(name))] for name in names}


def contents(url: str, columns: dict[str, list[str]]) -> dict[str, Any]:
    """What the columns hold, a text for each row of a table."""
    return {
        table: answer(url, f"SELECT array_agg(t::text ORDER BY t::text) FROM ({read}) AS t")
        for table, names in columns.items()
        for read in [f"SELECT {', '.join(names)} FROM {table}"]
    }


def test_a_former_database_is_taken_over_with_its_rows_and_said_so(former_url: str) -> None:
    former = columns(former_url)
    former["complaint"] = [name for name in former["complaint"] if name not in NOT_SHOWN_ANY_MORE]
    before = contents(former_url, former)

    done = migrate(former_url)
    again = migrate(former_url)

    assert done.taken_over
    assert str(done).startswith("taken over from the revisions of 2026-11-21")
    assert str(again) == "nothing to apply"
    for rows_of in (former, before):
        rows_of["point_count"] = rows_of.pop("bin")
        rows_of["point_count_source"] = rows_of.pop("binned")
    # Later revisions add columns behind the former ones, and tables.
    now = columns(former_url)
    after = contents(former_url, {name: now[name][: len(former[name])] for name in former})
    assert now["complaint"][: len(former["complaint"])] == former["complaint"]
    assert all(before[table] for table in ("hotspot", "factory", "complaint", "point_count", "run"))
    # Points are counted anew: parts of days have been cut otherwise since. Emission factors are
    # those that are shipped now.
    # Points of complaints are published no more, so that none of them are counted.
    changed = {"data_version", "emission_factor", "point_count", "point_count_source"}
    assert {name for name in before if before[name] != after[name]} == changed
    # New are those of the tables whose rows are shipped since then, as far as readers see them.
    versioned = [
        {row.strip("(").split(",")[0] for row in now["data_version"]} for now in (before, after)
    ]
    assert versioned[1] - versioned[0] - {"point_count"} <= {one.stem for one in seed_files()}


def test_a_database_taken_over_is_that_of_our_own_revisions(
    former_url: str, migrated_url: str
) -> None:
    migrate(former_url)

    assert set(rows(former_url, SCHEMA)) == set(rows(migrated_url, SCHEMA))
    revisions = "SELECT array_agg(version_num) FROM alembic_version"
    assert answer(former_url, revisions) == answer(migrated_url, revisions)


@pytest.mark.parametrize(
    ("source", "sample", "readable_now"),
    [
        ("diw", "diw/live.csv", 0),
        ("firms", "firms/live.csv", 0),
        # Its coordinates are swapped.
        ("traffy", "traffy/teamchadchart.csv", 1),
        ("air4thai", "air4thai/live.json", 0),
        ("green_industry", "green_industry.csv", 0),
    ],
)
def test_what_a_former_database_holds_is_nothing_new(
    source: str, sample: str, readable_now: int, former_url: str
) -> None:
    migrate(former_url)
    connection = owner_connection(former_url)

    tally = ingest(connection, source_named(source), file_payloads([SAMPLES / sample]), sample)

    connection.close()
    assert tally.unchanged > 0
    assert (tally.inserted, tally.updated) == (readable_now, 0)


def test_the_command_takes_a_former_database_over(former_url: str, home: Path) -> None:
    told = fahsai(home, "migrate", FAHSAI_DATABASE_URL=former_url)
    status = fahsai(home, "status", FAHSAI_DATABASE_URL=former_url)

    assert told.stdout.startswith("taken over from the revisions of 2026-11-21")
    assert status.returncode == 0
    assert "firms" in status.stdout


def test_a_former_database_is_not_served_before_it_is_taken_over(former_url: str) -> None:
    with pytest.raises(NotMigrated, match="run `fahsai migrate`"):
        require_migrated(former_url)


def test_part_of_the_former_revisions_is_refused_with_the_remedy(
    former_url: str, home: Path
) -> None:
    run(
        former_url,
        "DELETE FROM alembic_version WHERE version_num = '2026_11_21_bin_sums';"
        "INSERT INTO alembic_version VALUES ('2026_11_21_bins')",
    )

    with pytest.raises(NotTakenOver, match="2026_11_21_bins"):
        migrate(former_url)
    told = fahsai(home, "migrate", FAHSAI_DATABASE_URL=former_url)

    assert told.returncode == 1
    assert "finish them with the `fahsai migrate` of the version that began them" in told.stderr
    assert answer(former_url, "SELECT to_regclass('installed_function') IS NULL") is True
