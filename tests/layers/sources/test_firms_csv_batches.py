"""Parsing a batch of records gives what parsing them one by one gives, whatever is in them."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from geo_api.ingest.payloads import batched_records, delimited, records
from layers.model import CsvRows, Delivery, Record, Rejected, Row
from layers.sources.firms import SOURCE
from layers.sources.firms.csv_batches import NUMERIC_COLUMNS, NumericColumn
from tests.layers.sources.reading import RECEIVED, SAMPLES

ONE_BY_ONE = replace(SOURCE, batch_parser=None)
NUMBERS = {numeric.field for numeric in NUMERIC_COLUMNS}
COLUMNS = [
    *("acquired_at", "acquired_from", "time_precision", "lon", "lat", "instrument", "satellite"),
    *("processing", "version", "confidence", "confidence_pct", "frp_mw", "brightness_k"),
    *("background_k", "scan_km", "track_km", "daynight", "fire_type", "covers", "source"),
]
VIIRS = [
    *("latitude", "longitude", "bright_ti4", "scan", "track", "acq_date", "acq_time"),
    *("satellite", "instrument", "confidence", "version", "bright_ti5", "frp", "daynight"),
]
MODIS = [{"bright_ti4": "brightness", "bright_ti5": "bright_t31"}.get(n, n) for n in VIIRS]
REDUCED = ["latitude", "longitude", "brightness"]

# What is written into one cell of a sound record: some of it is sound too.
CELLS = [
    *("", "-", "nan", "NaN", "inf", "-inf", "x", "1_000", "1e3", "1e-400", "1e400", "+5", ".5"),
    *("5.", "--5", "1-2", "-0", "0x1", " 1.5 ", "١٢", "\u00a05", '="5"', "0." + "0" * 400 + "1"),
    *("175.7", "-175.7", "180", "90", "-90.00001", "9" * 400, "a%sb%", "%(n)s", "ก", "\x00"),
    *('"N"', '"N\nN"', '"a,b"', 'a"b', "N\tN", "N\x0bN", "N\x1cN", "2026-02-30", "2569-01-01"),
    *("100.3", "13.5", "13,5", "13°30'", "-5", "985", "1e12", "400000"),
    *("\udcff", "0559", "05:59", "2460", "65", "low", "D", "1.0", "6.1", "2.0URT"),
]  # fmt: skip
LINES = ["", "\r", " ", ",", "17.5,100.3,333", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q", '"', '"",""']


def sound(chance: random.Random, header: list[str]) -> list[str]:
    values = {name: f"{chance.uniform(0.1, 9):.2f}" for name in header} | {
        "latitude": f"{chance.uniform(5, 21):.5f}",
        "longitude": f"{chance.uniform(97, 106):.5f}",
        **{name: f"{chance.uniform(290, 380):.2f}" for name in header if name.startswith("brig")},
        "acq_date": f"2026-01-0{chance.randint(1, 3)}",
        "acq_time": chance.choice(["559", "1842"]),
        "satellite": chance.choice("NN11T") if "bright_ti4" in header else "T",
        "instrument": "VIIRS",
        "confidence": chance.choice("nh") if "bright_ti4" in header else "65",
        "version": chance.choice(["2.0NRT", "2.0"]),
        "daynight": "D",
    }
    return [values[name] for name in header]


def spoilt(chance: random.Random, header: list[str], number: int, defects: float) -> str:
    """A file of so many records, of which that part has something odd in a cell or is odd."""
    lines = [",".join(header)]
    for _ in range(number):
        cells = sound(chance, header)
        if chance.random() < defects:
            cells[chance.randrange(len(cells))] = chance.choice(CELLS)
        odd = chance.random() < defects / 5
        lines.append(chance.choice(LINES) if odd else ",".join(cells))
    return chance.choice(["\n", "\r\n"]).join(lines)


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def parsed(path: Path, *, in_batches: bool) -> list[tuple[Any, ...]]:
    """Rows as they are staged, and rejections, in order."""
    delivery = Delivery(path.name, RECEIVED)
    one_by_one = SOURCE.parse(records(path, SOURCE.formats), delivery)
    results = _in_batches(path, delivery) if in_batches else one_by_one
    return [found for result in results for found in _comparable(result)]


def _in_batches(path: Path, delivery: Delivery) -> Iterator[CsvRows | Row | Rejected]:
    assert SOURCE.batch_parser
    parse_batch = SOURCE.batch_parser(delivery, COLUMNS)
    for batch in batched_records(path, SOURCE.formats):
        if isinstance(batch, Record):
            yield from SOURCE.parse([batch], delivery)
        else:
            yield from parse_batch(batch)


def _comparable(result: CsvRows | Row | Rejected) -> Iterator[tuple[Any, ...]]:
    if isinstance(result, Rejected):
        record = result.record
        yield (record.line, record.raw, result.reason, result.detail, result.stored)
    elif isinstance(result, Row):
        assert result.values.keys() <= set(COLUMNS)
        yield _staged([result.values.get(column) for column in COLUMNS])
    else:
        rows = list(csv.reader(io.StringIO(result.text, newline="")))
        assert len(rows) == result.count
        yield from map(_staged, rows)


def _staged(values: list[Any]) -> tuple[Any, ...]:
    """As PostgreSQL reads them: a blank is NULL, and a number is a number however written."""
    pairs = zip(COLUMNS, values, strict=True)
    return tuple(
        None if value in (None, "") else float(value) if column in NUMBERS else str(value)
        for column, value in pairs
    )


@pytest.mark.parametrize("characters", [1, 2000, 1 << 16])
@pytest.mark.parametrize("header", [VIIRS, MODIS, REDUCED], ids=["viirs", "modis", "reduced"])
@pytest.mark.parametrize("defects", [0.0, 0.02, 0.5])
def test_random_files_give_the_same_in_batches_and_one_by_one(
    characters: int,
    header: list[str],
    defects: float,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delimited, "BATCH_CHARACTERS", characters)
    chance = random.Random(f"{characters} {header} {defects}")

    for number in range(4):
        path = written(
            tmp_path / f"{number}_2day_2026-01-03.csv", spoilt(chance, header, 300, defects)
        )
        one_by_one = parsed(path, in_batches=False)

        assert parsed(path, in_batches=True) == one_by_one
        assert len(one_by_one) > 20


@pytest.mark.parametrize("cell", CELLS)
def test_each_oddity_in_each_column_gives_the_same(cell: str, tmp_path: Path) -> None:
    cells = sound(random.Random(1), VIIRS)
    odd = [[*cells[:at], cell, *cells[at + 1 :]] for at in range(len(cells))]
    rows = [line for one in odd for line in (cells, one, one, cells)]
    path = written(tmp_path / "odd.csv", "\n".join(map(",".join, [VIIRS, *rows])))

    assert parsed(path, in_batches=True) == parsed(path, in_batches=False)


@pytest.mark.parametrize("numeric", [n for n in NUMERIC_COLUMNS if n.surely], ids=str)
def test_what_surely_is_in_the_range_is(numeric: NumericColumn) -> None:
    assert numeric.surely is not None
    whole = [f"{number}{part}" for number in range(30_000) for part in ("", ".999", ".0")]

    surely = [float(cell) for cell in whole if numeric.surely.fullmatch(f"{cell},")]

    assert len(surely) > 20
    assert numeric.low <= min(surely) and max(surely) <= numeric.high
    assert not numeric.surely.fullmatch("-0,")


def test_most_records_of_a_sound_file_need_not_be_parsed_by_themselves(tmp_path: Path) -> None:
    path = written(tmp_path / "sound.csv", spoilt(random.Random(1), VIIRS, 500, 0))

    results = list(_in_batches(path, Delivery(path.name, RECEIVED)))

    assert sum(result.count for result in results if isinstance(result, CsvRows)) > 300


@pytest.mark.parametrize("path", sorted((SAMPLES / "firms").glob("*.csv")), ids=lambda p: p.name)
def test_captured_answers_give_the_same(path: Path) -> None:
    assert parsed(path, in_batches=True) == parsed(path, in_batches=False)


def test_real_files_give_the_same(shared_data: Path) -> None:
    for path in sorted((shared_data / "hotspots_firms").glob("*.csv*")):
        assert parsed(path, in_batches=True) == parsed(path, in_batches=False)


def test_both_ways_stage_and_quarantine_the_same(fresh: Connection, tmp_path: Path) -> None:
    chance = random.Random(3)
    lines = [",".join(VIIRS)]
    for cell in CELLS:
        cells = sound(chance, VIIRS)
        lines += [",".join(cells), ",".join([*cells[:12], cell, cells[13]])]
    path = written(tmp_path / "spoilt.csv", "\n".join(lines))

    first = _loaded(fresh, path, ONE_BY_ONE)
    again = _loaded(fresh, path, SOURCE)

    assert (first.read, first.sound, first.reasons) == (again.read, again.sound, again.reasons)
    assert first.inserted > 30
    assert (again.inserted, again.updated) == (0, 0)
    with fresh.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM quarantine")
        assert cursor.fetchone() == (first.quarantined,)


def _loaded(connection: Connection, path: Path, source: Any) -> Tally:
    return ingest(connection, source, file_payloads([path]), path.name)
