"""Whether the judgement on certification keeps its bars: many draws of worlds of known effect.

python -m bench.green_effect [--quick] [--seeds N] [--only WORLD …] [--factories N] [--rows FILE]
"""

import argparse
import csv
import math
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from layers.methods.green_effect.effect import green_effect
from tests.layers.methods.green_effect import worlds
from tests.layers.methods.green_effect.worlds import World, simulate

FULL_SEEDS, QUICK_SEEDS = 200, 25
MOST_BIAS = 0.01
LEAST_COVER, MOST_COVER = 0.91, 0.98
# Shares of draws in which an effect is told, at least or at most.
LEAST_TOLD = {worlds.FALL.name: 0.6}
MOST_TOLD = {
    worlds.NULL.name: 0.05,
    worlds.NULL_SELECTED.name: 0.05,
    worlds.SLOW_TREND.name: 0.05,
    worlds.TREND.name: 0.1,
}
# What these have before certification can't be told from an effect by any estimate.
MISLEADING = (worlds.SLOW_TREND, worlds.TREND, worlds.DIP)


@dataclass(frozen=True)
class Trial:
    """What was found of one draw; NaN where nothing was estimated."""

    world: str
    seed: int
    truth: float
    verdict: str
    reasons: str
    factories: int
    after: int
    value: float = math.nan
    standard_error: float = math.nan
    low: float = math.nan
    high: float = math.nan
    slope: float = math.nan
    slope_error: float = math.nan
    p_any: float = math.nan
    horizon_months: float = math.nan


@dataclass(frozen=True)
class Row:
    """A world's line of the table; `missed` names the bars that it does not keep."""

    world: str
    seeds: int
    factories: float
    after: float
    bias: float
    cover: float
    told: float
    missed: tuple[str, ...]


def main() -> int:
    """Exits with 1 if a bar is missed."""
    given = _arguments()
    chosen = [
        replace(world, factories=given.factories)
        for world in worlds.WORLDS
        if not given.only or world.name in given.only
    ]
    seeds = range(given.seeds or (QUICK_SEEDS if given.quick else FULL_SEEDS))
    trials = list(_trials(chosen, seeds))
    if given.rows:
        _write(given.rows, trials)
    rows = [row([each for each in trials if each.world == world.name]) for world in chosen]
    sys.stdout.write(table(rows))
    return int(any(each.missed for each in rows))


def trial(world: World, seed: int) -> Trial:
    """One draw."""
    drawn = simulate(world, seed)
    found = green_effect(drawn.frame)
    made = Trial(
        world=world.name,
        seed=seed,
        truth=drawn.truth,
        verdict=found.verdict,
        reasons=" ".join(found.reasons),
        factories=found.counts.with_complaints,
        after=found.counts.complaints_after,
    )
    if found.change:
        change = found.change
        made = replace(made, **{name: getattr(change, name) for name in _CHANGE})
    if found.pre_trend and found.margin:
        trend = found.pre_trend
        made = replace(
            made,
            slope=trend.slope,
            slope_error=trend.slope_error,
            p_any=trend.p_any,
            horizon_months=found.margin.horizon_months,
        )
    return made


_CHANGE = ("value", "standard_error", "low", "high")


def row(trials: Sequence[Trial]) -> Row:
    """The line of one world."""
    name = trials[0].world
    truth, value, low, high = (
        np.array([getattr(each, field) for each in trials])
        for field in ("truth", "value", "low", "high")
    )
    told = float(np.mean([each.verdict == "prints" for each in trials]))
    bias, cover = float(np.nanmean(value - truth)), float(np.mean((low <= truth) & (truth <= high)))
    misleading = name in {world.name for world in MISLEADING}
    kept = {
        "bias": misleading or abs(bias) <= MOST_BIAS,
        "cover": misleading or LEAST_COVER <= cover <= MOST_COVER,
        "told": LEAST_TOLD.get(name, 0) <= told <= MOST_TOLD.get(name, 1),
    }
    return Row(
        name,
        len(trials),
        float(np.mean([each.factories for each in trials])),
        float(np.mean([each.after for each in trials])),
        bias,
        cover,
        told,
        tuple(bar for bar, met in kept.items() if not met),
    )


def table(rows: Sequence[Row]) -> str:
    """In Markdown."""
    head = (
        "| world | seeds | certified with complaints | complaints after | bias | cover | told | |"
    )
    lines = [head, "|---|--:|--:|--:|--:|--:|--:|---|"]
    for each in rows:
        verdict = f"missed: {', '.join(each.missed)}" if each.missed else "kept"
        lines.append(
            f"| {each.world} | {each.seeds} | {each.factories:.0f} | {each.after:.0f}"
            f" | {each.bias:+.3f} | {each.cover:.1%} | {each.told:.1%} | {verdict} |"
        )
    return "\n".join(lines) + "\n"


def _trials(chosen: Sequence[World], seeds: Sequence[int]) -> Iterator[Trial]:
    jobs = [(world, seed) for world in chosen for seed in seeds]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for number, made in enumerate(pool.map(trial, *zip(*jobs, strict=True)), 1):
            if number % 50 == 0:
                sys.stderr.write(f"{number} of {len(jobs)} draws\n")
            yield made


def _write(path: Path, trials: Sequence[Trial]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Trial)])
        writer.writeheader()
        writer.writerows(asdict(each) for each in trials)


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m bench.green_effect", description=__doc__)
    asked.add_argument("--quick", action="store_true", help=f"{QUICK_SEEDS} seeds")
    asked.add_argument("--seeds", type=int, help=f"of each world; {FULL_SEEDS} unless told")
    names = [world.name for world in worlds.WORLDS]
    asked.add_argument("--only", nargs="+", choices=names, help="these worlds")
    asked.add_argument("--factories", type=int, default=World.factories, help="of each world")
    asked.add_argument("--rows", type=Path, metavar="FILE", help="writes each draw as CSV")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
