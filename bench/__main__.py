"""make bench: measures every workload, or those asked for, and writes the report.

python -m bench [--only WORD …] [--quick] [--home FOLDER] [--sizes 20k,200k,2M,20M]
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import plot, report
from bench.results import Row, place, write_json
from bench.side_by_side import Plan, measured
from bench.trials import Trial, trials
from bench.workloads import WORKLOADS
from bench.world import World, home_of, world

HERE = Path(__file__).parent


def main() -> int:
    """Exits with 1 if a workload could not be measured, or was not met."""
    given = _arguments()
    plan = Plan(given.seconds, given.repeats)
    if given.quick:
        plan = Plan(seconds=1, repeats=1, connections=(8,))
    rows: list[Row] = []
    given.out.mkdir(parents=True, exist_ok=True)
    with world(given.home, say) as made:
        [(database,)] = made.rows("SELECT version() || ', PostGIS ' || postgis_lib_version()")
        where = place(database.partition(" on ")[0] + database[database.rindex(",") :], str(plan))
        for name, title, run in _jobs(made, plan, given.sizes):
            if given.only and not any(word in name for word in given.only):
                continue
            say(f"{name}: {title}")
            rows.append(measured_or_failed(name, title, run))
            _say_row(rows[-1])
            write_json(given.out / "results.json", where, rows)
        report.write(given.out / "RESULTS.md", where, rows)
        plot.write(given.out / "results.png", rows)
    return int(any(row.failed or not all(ratio.met for ratio in row.ratios) for row in rows))


def say(text: str) -> None:
    """Progress goes to standard error."""
    sys.stderr.write(f"{text}\n")


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="make bench", description="Speed as ratios in one run.")
    asked.add_argument("--only", nargs="+", metavar="WORD", help="workloads whose name has a word")
    asked.add_argument("--seconds", type=int, default=Plan.seconds, help="of each reading")
    asked.add_argument("--repeats", type=int, default=Plan.repeats, help="readings of each side")
    asked.add_argument("--quick", action="store_true", help="one short reading of each, no truth")
    asked.add_argument(
        "--home", type=Path, default=home_of("world"), help="where the world is kept"
    )
    asked.add_argument("--out", type=Path, default=HERE, help="where the report goes")
    asked.add_argument("--sizes", default="20k,200k,2M", help="hotspots of the curve; 20M is slow")
    return asked.parse_args()


def _jobs(made: World, plan: Plan, sizes: str) -> list[Trial]:
    requests: list[Trial] = [
        (work.name, work.title, partial(measured, work, made, plan, say)) for work in WORKLOADS
    ]
    return [*requests, *trials(made, plan, sizes, say)]


def measured_or_failed(name: str, title: str, run: Callable[[], Row]) -> Row:
    """One workload that fails, by whatever, stops no other."""
    began = time.monotonic()
    try:
        return run()
    except Exception as problem:
        say(traceback.format_exc())
        words = f"{type(problem).__name__}: {problem}".strip().partition("\n")[0]
        return Row(name, title, failed=words[:200])
    finally:
        say(f"  {time.monotonic() - began:.0f} s")


def _say_row(row: Row) -> None:
    for side, runs in row.readings.items():
        for connections, reading in runs.items():
            say(
                f"  {side:12} {connections:3} connections {reading.per_s:10,.1f} /s"
                f" p50 {reading.p50_ms:8.2f} ms"
            )
    for ratio in row.ratios:
        say(
            f"  {ratio.value:.2f} × {ratio.against}, target {ratio.target:g}:"
            f" {'met' if ratio.met else 'NOT MET'}"
        )
    if row.failed:
        say(f"  FAILED {row.failed}")


if __name__ == "__main__":
    sys.exit(main())
