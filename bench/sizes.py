"""What a question costs as the layer of hotspots grows, its answer staying the same.

Each size is a database beside the world's, kept between runs: the newest of its hotspots, or all of
them and earlier years made from them, merged as any delivery is; every other layer is the world's.
"""

import math
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import numpy as np
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Identifier

from bench.load import ask
from bench.results import Ratio, Row
from bench.servers import ours, running
from bench.side_by_side import Plan
from bench.world import Say, World, tile_at, vacuum
from geo_api.database.connections import owner_connection
from geo_api.database.migrations import migrate
from geo_api.ingest.sql import create_staged

_SUFFIXES = {"k": 1_000, "M": 1_000_000}
# As many years as the world has seasons.
_YEARS = 3
_ZOOMS = (8, 11)
_COLUMNS = SQL(
    "acquired_at, acquired_from, time_precision, lon, lat, instrument, satellite, processing,"
    " version, confidence, confidence_pct, frp_mw, brightness_k, background_k, scan_km, track_km,"
    " daynight, land_use, land_use_code, land_use_th, source"
)
# Copies lie within 50 m of the original.
_STAGE = SQL(
    """
    INSERT INTO staged_hotspot ({columns})
    SELECT
        acquired_at - make_interval(years => %(years)s),
        acquired_from - make_interval(years => %(years)s), time_precision,
        ST_X(geom) + %(jitter)s * (random() - 0.5), ST_Y(geom) + %(jitter)s * (random() - 0.5),
        instrument, satellite, processing, version, confidence, confidence_pct, frp_mw,
        brightness_k, background_k, scan_km, track_km, daynight, land_use, land_use_code,
        land_use_th, sources[1]
    FROM original
    """
).format(columns=_COLUMNS)


def measured(world: World, plan: Plan, sizes: str, say: Say) -> Row:
    """Medians at one connection, every answer made anew; `sizes` as in 20k,200k,2M."""
    counts = sorted(map(count_of, sizes.split(",")))
    worlds = {count: _sized(world, count, say) for count in counts}
    questions = _questions(worlds[counts[0]], worlds[counts[-1]])
    curves: dict[str, dict[int, float]] = {name: {} for name in questions}
    for sized in worlds.values():
        [(rows,)] = sized.rows("SELECT count(*) FROM published.hotspots")
        for name, milliseconds in _asked(sized, questions, plan).items():
            curves[name][int(rows)] = milliseconds
            say(f"  {rows:,} hotspots, {name}: {milliseconds:.2f} ms")
    return Row(
        "sizes",
        "cost against size",
        ratios=[Ratio(f"log n: {name}", _slack(curve), 1) for name, curve in curves.items()],
        told=[f"{name} {_fit(curve)}" for name, curve in curves.items()],
        curves=curves,
    )


def count_of(text: str) -> int:
    """2M is 2,000,000."""
    if text[-1] in _SUFFIXES:
        return int(text[:-1]) * _SUFFIXES[text[-1]]
    return int(text)


def _questions(smallest: World, largest: World) -> dict[str, Sequence[str]]:
    """Of the last day, which every size holds, and of the densest tiles of the largest."""
    [(end,)] = smallest.rows("SELECT max(observed_at) FROM published.hotspots")
    near = f"radius_m=20000&hours=24&at={end:%Y-%m-%dT%H:%M:%SZ}"
    places = largest.places("hotspots")
    tiles = {
        f"tile z{zoom}": Counter(tile_at(zoom, *place) for place in places).most_common(1)[0][0]
        for zoom in _ZOOMS
    }
    return {
        "near": [f"/api/near?factory={fire.factory}&{near}" for fire in smallest.fires],
        **{name: [f"/tiles/hotspots/{z}/{x}/{y}.mvt"] for name, (z, x, y) in tiles.items()},
        "page": ["/ogc/collections/hotspots/items?limit=100"],
    }


def _asked(world: World, questions: Mapping[str, Sequence[str]], plan: Plan) -> dict[str, float]:
    """Milliseconds by question."""
    found = {}
    with (
        tempfile.TemporaryDirectory(prefix="fahsai-bench-") as folder,
        running(ours(world.home, world.url)) as base,
    ):
        for name, paths in questions.items():
            file = Path(folder) / "paths"
            file.write_text("\n".join(paths) + "\n", encoding="utf-8")
            # Then what was on disk is in memory, and both workers have planned it once.
            for path in [*paths, *paths]:
                urlopen(base + path, timeout=60).close()
            ask(base, file, 2, 1)
            found[name] = ask(base, file, 1, max(plan.seconds, 2)).p50_ms
    return found


def _slack(curve: Mapping[int, float]) -> float:
    """How many times more the logarithm of the size has grown than the time has."""
    (few, least), *_, (many, most) = sorted(curve.items())
    return math.log(many) / math.log(few) * least / most


def _fit(curve: Mapping[int, float]) -> str:
    slope, _ = np.polyfit(np.log10(list(curve)), list(curve.values()), 1)
    times = " → ".join(f"{milliseconds:.1f}" for milliseconds in curve.values())
    return f"{times} ms, {slope:+.2f} ms for each ten times more"


def _sized(world: World, count: int, say: Say) -> World:
    """The world with so many hotspots: itself where it has about as many."""
    [(held,)] = world.rows("SELECT count(*) FROM published.hotspots")
    if abs(held - count) < count / 100:
        return world
    name = f"hotspots_{count}"
    url = world.url.replace("/fahsai?", f"/{name}?")
    [(made,)] = world.rows(
        "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %(name)s)", {"name": name}
    )
    if not made:
        say(f"  making a database of {count:,} hotspots, once")
        _make(world, name, url, count, held)
    migrate(url)
    return replace(world, url=url)


def _make(world: World, name: str, url: str, count: int, held: int) -> None:
    """Under another name until it is whole."""
    unfinished = f"{name}_unfinished"
    with closing(owner_connection(world.url.replace("/fahsai?", "/postgres?"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(unfinished)))
            # A database that is copied may have no user.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'fahsai'"
            )
            cursor.execute(
                SQL("CREATE DATABASE {} TEMPLATE fahsai STRATEGY file_copy").format(
                    Identifier(unfinished)
                )
            )
            making = url.replace(f"/{name}?", f"/{unfinished}?")
            with closing(owner_connection(making)) as made:
                _fill(made, count, held)
            vacuum(making)
            cursor.execute(
                SQL("ALTER DATABASE {} RENAME TO {}").format(
                    Identifier(unfinished), Identifier(name)
                )
            )


def _fill(connection: Connection, count: int, held: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE original AS"
            " SELECT * FROM hotspot ORDER BY acquired_at DESC LIMIT %(count)s",
            {"count": count},
        )
        if count < held:
            cursor.execute("TRUNCATE hotspot")
            _merge(connection, 0)
        for copy in range(1, round(count / held)):
            _merge(connection, _YEARS * copy)
    connection.commit()


def _merge(connection: Connection, years: int) -> None:
    """The original hotspots so many years before, as one delivery."""
    with connection, connection.cursor() as cursor:
        cursor.execute(create_staged("hotspot"))
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_STAGE, {"years": years, "jitter": 0.001 if years else 0})
        cursor.execute("ANALYZE staged_hotspot")
        cursor.execute("SELECT inserted FROM merge_hotspot(0)")
        cursor.execute("DROP TABLE staged_hotspot")
