"""What is not many requests of one kind to two servers: 304s, deep pages, loads and exports."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import geopandas
import sqlalchemy

from bench import cql2_table, export_memory, hotspot_load, sizes
from bench.load import Reading, ask, median
from bench.results import CONNECTIONS, Ratio, Row
from bench.servers import ours, running, started, tipg
from bench.side_by_side import Plan
from bench.workloads import paths_of
from bench.world import Say, World
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from layers.client import Client

_DEEP = 1_900_000
_MOST_A_PAGE = 10_000
# Seconds in which a peer that skips so many rows answers a few times.
_PATIENCE_S = 20
_ROWS_LOADED = 1_000_000
_MOST_MB = 150
_CHUNK_BYTES = 1 << 20

Trial = tuple[str, str, Callable[[], Row]]


def trials(world: World, plan: Plan, asked_sizes: str, say: Say) -> list[Trial]:
    """Name, title and what to run, of each."""
    bound = [
        ("not-modified", "conditional request, nothing new", _not_modified),
        ("deep-page", f"page at row {_DEEP:,}", _deep_page),
        ("load", "1 M hotspot rows from CSV, deduplicated, into the indexed table", _load),
        ("parquet", "2 M rows to GeoParquet", _parquet),
        ("frame", "2 M rows to a GeoDataFrame", _frame),
        ("memory", "memory while exporting 2 M rows, in every format", _memory),
        ("cql2", "official rows of CQL2 that are passed", _cql2),
    ]
    return [
        *((name, title, partial(run, name, title, world, plan)) for name, title, run in bound),
        ("sizes", "cost against size", partial(sizes.measured, world, plan, asked_sizes, say)),
    ]


def _not_modified(name: str, title: str, world: World, plan: Plan) -> Row:
    """Pages and tiles whose ETag is sent along."""
    paths = [*paths_of("box", world)[:30], *paths_of("hotspot-tiles", world)[:30]]
    with running(ours(world.home, world.url, "kept")) as base:
        lines = [f"{path}\t{_etag(base + path)}" for path in paths]
        # Who has an ETag has had the answer, from either worker and by the same headers.
        _readings(replace(plan, repeats=1, connections=(CONNECTIONS,)), {"ours": (base, paths)})
        readings = _readings(plan, {"ours": (base, lines)})
    ratio = Ratio("2 ms", 2 / readings["ours"][CONNECTIONS].p50_ms, 1)
    size = readings["ours"][CONNECTIONS].bytes
    return Row(name, title, readings, [ratio], [f"{size:.0f} bytes, headers and all"])


def _deep_page(name: str, title: str, world: World, plan: Plan) -> Row:
    """The page after so many rows, reached by the links of pages, as a client reaches it."""
    pages = _DEEP // _MOST_A_PAGE + 1
    *_, last = world.pages("hotspots", _MOST_A_PAGE, pages, "&skipGeometry=true&properties=flag")
    cursor = parse_qs(urlsplit(last).query)["cursor"][0]
    first = "/ogc/collections/hotspots/items?limit=100"
    with (
        running(ours(world.home, world.url)) as base,
        running(tipg(world.url)) as other,
    ):
        readings = _readings(
            replace(plan, connections=(1,), seconds=max(plan.seconds, _PATIENCE_S)),
            {
                "ours": (base, [f"{first}&cursor={cursor}"]),
                "page 1": (base, [first]),
                "tipg": (
                    other,
                    [f"/collections/published.hotspots/items?limit=100&offset={_DEEP}"],
                ),
            },
        )
    # A tenth is noise.
    ratio = Ratio("page 1", readings["page 1"][1].p50_ms / readings["ours"][1].p50_ms, 0.9)
    return Row(name, title, readings, [ratio])


def _readings(
    plan: Plan, sides: dict[str, tuple[str, Sequence[str]]]
) -> dict[str, dict[int, Reading]]:
    """Medians by side and connections of asking for the lines; the sides take turns."""
    found: dict[str, dict[int, Reading]] = {side: {} for side in sides}
    with tempfile.TemporaryDirectory(prefix="fahsai-bench-") as folder:
        for side, (_, lines) in sides.items():
            (Path(folder) / side).write_text("\n".join(lines) + "\n", encoding="utf-8")
        for connections in plan.connections:
            taken: dict[str, list[Reading]] = {side: [] for side in sides}
            for _ in range(plan.repeats):
                for side, (base, _) in sides.items():
                    reading = ask(base, Path(folder) / side, connections, plan.seconds)
                    taken[side].append(reading)
            for side, readings in taken.items():
                found[side][connections] = median(readings)
    return found


def _load(name: str, title: str, _world: World, plan: Plan) -> Row:
    """Into a database of its own, made for it; once, since it takes minutes."""
    rows = _ROWS_LOADED if plan.repeats > 1 else _ROWS_LOADED // 10
    with tempfile.TemporaryDirectory(prefix="fahsai-bench-") as folder:
        Path(folder).chmod(0o755)  # root's PostgreSQL runs as another user
        file = Path(folder) / "firms.csv"
        hotspot_load.write(file, rows)
        with database(Settings(home=Path(folder) / "home"), say=lambda _: None) as url:
            migrate(url)
            seconds = hotspot_load.measured(owner_connection(url), file, repeats=1)
    *_, floor, own = seconds.values()
    told = [
        f"{rows / own:,.0f} rows/s against {rows / floor:,.0f}",
        *(f"{way}: {rows / taken:,.0f} rows/s" for way, taken in seconds.items()),
    ]
    return Row(name, title, {}, [Ratio("SQL alone", floor / own, 0.75)], told)


def _parquet(name: str, title: str, world: World, plan: Plan) -> Row:
    """Both end with a file on disk."""
    with tempfile.TemporaryDirectory(prefix="fahsai-bench-") as folder, _both(world) as servers:
        own, theirs = Path(folder) / "own.parquet", Path(folder) / "theirs.parquet"
        first, again = (f"{base}/ogc/collections/hotspots/items?f=parquet" for base in servers)
        _save(again, own)
        seconds = _seconds(
            plan,
            lambda: _save(first, own),
            lambda: _save(again, own),
            lambda: _read_postgis(world).to_parquet(theirs),
        )
        counts = [
            len(geopandas.read_parquet(file, columns=["id", column]))
            for file, column in ((own, "geometry"), (theirs, "geom"))
        ]
        size = own.stat().st_size
    return _against_geopandas(name, title, seconds, counts, f"{size / 1e6:.0f} MB")


def _frame(name: str, title: str, world: World, plan: Plan) -> Row:
    """By our client, as analysts do."""
    with _both(world) as (first, again):
        counts: list[int] = [len(Client(again).layer("hotspots"))]
        seconds = _seconds(
            plan,
            lambda: counts.append(len(Client(first).layer("hotspots"))),
            lambda: counts.append(len(Client(again).layer("hotspots"))),
            lambda: counts.append(len(_read_postgis(world))),
        )
    return _against_geopandas(name, title, seconds, counts, "")


@contextmanager
def _both(world: World) -> Iterator[tuple[str, str]]:
    """Our server where every download is asked for first, and as it is."""
    with (
        running(ours(world.home, world.url, "fresh")) as first,
        running(ours(world.home, world.url, "kept")) as again,
    ):
        yield first, again


def _memory(name: str, title: str, world: World, _plan: Plan) -> Row:
    """What the largest worker grows by, and all of the process that writes the file."""
    with started(ours(world.home, world.url, "fresh")) as (base, pid):
        found = list(export_memory.measure(base, pid))
    head = ("format", "MB of file", "seconds", "MB of server before", "at most", "MB of writer")
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [
        f"| {row.format} | {row.megabytes:,.0f} | {row.seconds:.1f} | {row.server_before_mb:.0f}"
        f" | {row.server_mb:.0f} | {row.writer_mb:.0f} |"
        for row in found
    ]
    used = max(row.server_mb - row.server_before_mb + row.writer_mb for row in found)
    told = [f"{found[0].rows:,} rows in at most {used:.0f} MB beyond the idle server's"]
    return Row(name, title, {}, [Ratio("150 MB", _MOST_MB / used, 1)], told, "\n".join(lines))


def _cql2(name: str, title: str, world: World, _plan: Plan) -> Row:
    """In temporary tables beside the world."""
    with closing(owner_connection(world.url)) as connection:
        sources = cql2_table.load(connection)
        found = [(row, cql2_table.count(connection, sources, row)) for row in cql2_table.rows()]
    passed = sum(
        number == cql2_table.MISPRINTS.get(row.predicate, row.expected) for row, number in found
    )
    ratio = Ratio("official rows, misprints put right", passed / len(found), 1)
    return Row(name, title, {}, [ratio], [f"{passed} of {len(found)}"], cql2_table.table(found))


def _seconds(plan: Plan, *ways: Callable[[], object]) -> list[float]:
    """Median seconds of each way; they take turns, so that all meet the same noise."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(plan.repeats):
        for way, seconds in zip(ways, taken, strict=True):
            began = time.perf_counter()
            way()
            seconds.append(time.perf_counter() - began)
    return [statistics.median(seconds) for seconds in taken]


def _against_geopandas(
    name: str, title: str, seconds: Sequence[float], counts: Sequence[int], size: str
) -> Row:
    if len(set(counts)) > 1:
        raise AssertionError(f"{counts[0]} rows against {counts[1]}")
    first, again, theirs = seconds
    told = [
        f"{counts[0]:,} rows: ours {first:.1f} s, read_postgis {theirs:.1f} s",
        f"ours when asked again {again:.2f} s, {theirs / again:.0f} × read_postgis",
        *filter(None, [size]),
    ]
    return Row(name, title, {}, [Ratio("read_postgis", theirs / first, 5)], told)


def _read_postgis(world: World) -> geopandas.GeoDataFrame:
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: owner_connection(world.url),
        poolclass=sqlalchemy.pool.NullPool,
    )
    return geopandas.read_postgis("SELECT * FROM published.hotspots", engine, geom_col="geom")


def _save(url: str, file: Path) -> None:
    with urlopen(url) as answer, file.open("wb") as out:
        while chunk := answer.read(_CHUNK_BYTES):
            out.write(chunk)


def _etag(url: str) -> str:
    """Of an answer that then is not sent again. Raises AssertionError."""
    with urlopen(url) as answer:
        etag: str = answer.headers["ETag"]
    opener = Request(url, headers={"If-None-Match": etag})
    try:
        urlopen(opener)
    except OSError as answer_304:
        if getattr(answer_304, "code", None) == 304:
            return etag
        raise
    raise AssertionError(f"{url} sent again what had not changed")
