"""How well complaints are put down to factories, in simulated worlds that nobody tuned on.

    python -m bench.complaint_attribution [--seeds 5] [--scale 3.34] [--json FILE]
    python -m bench.complaint_attribution --curves layers/methods/attribution/curves.csv

The first makes worlds of about 10,000 factories from seeds that are kept for this script alone, and
prints each figure beside its bar. The second varies one thing at a time in smaller worlds of other
seeds, and writes where the method stops working; beside it, as JSON, of what world and by what.
"""

import argparse
import csv
import hashlib
import json
import platform
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_api.demo import world
from layers.methods import stuck_wind, wind
from layers.methods.attribution import Answers, Complaints, Factories, attribute
from layers.methods.attribution.scores import Score, score
from map_site.method_curves import code_of_method

# Kept back: no parameter was chosen by these.
_KEPT_BACK = (90_011, 90_023, 90_049, 90_067, 90_083)
_CURVES_SEED, _CURVES_SCALE = 501, 0.25
_UNTIL = datetime(2026, 4, 1, tzinfo=UTC)
# Answer, figure, at least or at most, bar.
BARS = (
    ("single", "first", ">=", 0.25),
    ("single", "three", ">=", 0.40),
    ("single", "above_no_wind", ">=", 0.04),
    ("single", "brier", "<=", 0.96),
    ("single", "calibration", "<=", 0.03),
    ("single", "worst_bin", "<=", 0.15),
    ("single", "none_error", "<=", 0.10),
    ("pooled", "first", ">=", 0.45),
    ("pooled", "three", ">=", 0.60),
    ("pooled", "above_no_wind", ">=", 0.10),
    ("pooled", "brier", "<=", 0.85),
    ("pooled", "calibration", "<=", 0.03),
    ("pooled", "worst_bin", "<=", 0.15),
    ("pooled", "sure_right", ">=", 0.80),
    ("pooled", "sure", ">=", 0.04),
    ("pooled", "none_error", "<=", 0.20),
    ("pooled", "abstained", "<=", 0.35),
    ("rotated single", "first", "<=", 0.12),
    ("rotated pooled", "first", "<=", 0.12),
    ("rotated single", "none", ">=", 0.90),
    ("rotated pooled", "none", ">=", 0.90),
    ("rotated single", "largest", "<", 0.50),
    ("rotated pooled", "largest", "<", 0.50),
    ("calm", "abstained", ">=", 1.0),
)


@dataclass(frozen=True)
class Case:
    """A world as the method sees it, and the truth: the row number of the factory that caused each
    complaint, −1 where none did."""

    complaints: Complaints
    factories: Factories
    stations: wind.Stations
    cause: NDArray[np.int64]


def main() -> None:
    """Prints the table, or writes the curves."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=len(_KEPT_BACK))
    asked.add_argument("--scale", type=float, default=3.34)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--tune", type=int, help="a seed of your own, instead of those kept back")
    asked.add_argument("--curves", type=Path)
    given = asked.parse_args()
    if given.curves:
        _write_curves(given.curves)
        return
    seeds = [given.tune] if given.tune else _KEPT_BACK[: given.seeds]
    figures = []
    for seed in seeds:
        figures.append(_figures(seed, given.scale))
        print(json.dumps(figures[-1]), flush=True)  # noqa: T201
    means = {name: _mean([one[name] for one in figures]) for name in figures[0]}
    for line in table(means):
        print(line)  # noqa: T201
    if given.json:
        given.json.write_text(json.dumps({"seeds": len(seeds), "mean": means}, indent=1))


def table(means: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """A line per bar: what was asked, what was found, and whether it is met."""
    for answer, figure, side, bar in BARS:
        found = means[answer][figure]
        met = found >= bar if side == ">=" else found <= bar if side == "<=" else found < bar
        said = "met" if met else "NOT MET"
        yield f"{answer:15s} {figure:14s} {side} {bar:<5g} {found:7.3f}  {said}"


def case(seed: int, scale: float) -> Case:
    """The world of a seed. Factories that stand still are no candidates; stuck instruments are
    left out, as the ingest of real stations does."""
    made = world.make(seed, scale, _UNTIL, lambda said: None)
    complained = made.tables["complaint"].merge(
        made.truth["complaint_cause"][["ticket_id", "factory_id"]], on="ticket_id", how="left"
    )
    factory = made.tables["factory"]
    factory = factory[factory["status"] == "operating"].reset_index(drop=True)
    number = pd.Series(factory.index, index=factory["id"])
    return Case(
        Complaints(
            complained["lon"].to_numpy(),
            complained["lat"].to_numpy(),
            _moments(complained["reported_at"]).astype("datetime64[s]"),
            complained["category"].to_numpy(dtype=object),
        ),
        Factories(
            factory["lon"].to_numpy(),
            factory["lat"].to_numpy(),
            factory["factory_class"].to_numpy(dtype=object),
        ),
        _stations(made.tables["air_station"], made.tables["air_measurement"]),
        complained["factory_id"].map(number).fillna(-1).to_numpy().astype(np.int64),
    )


def _moments(texts: "pd.Series[str]") -> NDArray[np.datetime64]:
    moments: NDArray[np.datetime64] = pd.to_datetime(texts).dt.tz_localize(None).to_numpy()
    return moments


def _stations(stations: pd.DataFrame, measured: pd.DataFrame) -> wind.Stations:
    by_hour = measured.assign(hour=_moments(measured["observed_at"]).astype("datetime64[s]"))
    speed, from_deg = (
        by_hour.pivot(index="station_id", columns="hour", values=name).reindex(stations["id"])
        for name in ("wind_speed_m_s", "wind_from_deg")
    )
    stuck = stuck_wind.stuck(speed.to_numpy(), from_deg.to_numpy())
    return wind.Stations(
        stations["lon"].to_numpy(),
        stations["lat"].to_numpy(),
        speed.columns.to_numpy().astype("datetime64[h]"),
        np.where(stuck, np.nan, speed.to_numpy()),
        np.where(stuck, np.nan, from_deg.to_numpy()),
    )


def _figures(seed: int, scale: float) -> dict[str, dict[str, float]]:
    of = case(seed, scale)
    began = time.perf_counter()
    found = attribute(of.complaints, of.factories, of.stations)
    seconds = time.perf_counter() - began
    figures = _scored(found, of.cause)
    turned = replace(of.stations, from_deg=np.mod(of.stations.from_deg + 180, 360))
    rotated = _scored(attribute(of.complaints, of.factories, turned), of.cause)
    figures.update({f"rotated {name}": rotated[name] for name in ("single", "pooled")})
    figures["calm"] = {"abstained": _abstained_in_calm(of)}
    figures["size"] = {
        "factories": len(of.factories.lon),
        "complaints": len(of.complaints),
        "pairs": len(found.factory),
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return figures


def _scored(found: Answers, cause: NDArray[np.int64]) -> dict[str, dict[str, float]]:
    scores = {which: asdict(score(found, which, cause)) for which in ("before", "single", "pooled")}
    for which in ("single", "pooled"):
        scores[which]["above_no_wind"] = scores[which]["first"] - scores["before"]["first"]
        scores[which]["none_error"] = abs(scores[which]["none"] - scores[which]["true_none"])
    return scores


def _abstained_in_calm(of: Case) -> float:
    """Of the first complaints, had no station measured 0.5 m/s."""
    still = np.minimum(of.stations.speed_m_s, wind.CALM_M_S - 0.1)
    some = of.complaints.take(np.arange(min(5_000, len(of.complaints))))
    found = attribute(some, of.factories, replace(of.stations, speed_m_s=still))
    return float(np.mean(found.reason != None))  # noqa: E711


def _mean(figures: Sequence[Mapping[str, float]]) -> dict[str, float]:
    # The largest share of all seeds; where no answer is sure none is right or wrong.
    return {
        name: float(max(one[name] for one in figures))
        if name in ("largest", "peak_mb")
        else _nanmean([one[name] for one in figures])
        for name in figures[0]
    }


def _nanmean(values: Sequence[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def _write_curves(path: Path) -> None:
    of = case(_CURVES_SEED, _CURVES_SCALE)
    names = ("first", "three", "none", "true_none", "sure", "sure_right", "abstained")
    with path.open("w", newline="", encoding="utf-8") as lines:
        written = csv.writer(lines, lineterminator="\n")
        written.writerow(("sweep", "value", "answer", *names))
        for sweep, value, varied in _varied(of):
            found = attribute(varied.complaints, varied.factories, varied.stations)
            for which in ("before", "single", "pooled"):
                scored: Score = score(found, which, varied.cause)
                figures = [f"{getattr(scored, name):.4f}" for name in names]
                written.writerow((sweep, value, which, *figures))
            print(sweep, value, flush=True)  # noqa: T201
    path.with_suffix(".json").write_text(json.dumps(_made_by(path, of), indent=1) + "\n")


def _made_by(path: Path, of: Case) -> dict[str, str | int | float]:
    """What /methods says of the curves."""
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "command": f"python -m bench.complaint_attribution --curves {path}",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "code": code_of_method(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "seed": _CURVES_SEED,
        "scale": _CURVES_SCALE,
        "until": _UNTIL.isoformat(),
        "factories": len(of.factories.lon),
        "stations": len(of.stations.lon),
        "complaints": len(of.complaints),
    }


def _varied(of: Case) -> Iterator[tuple[str, float, Case]]:
    """(what, how much, the world so varied)."""
    rng = np.random.default_rng(_CURVES_SEED)
    noise = rng.standard_normal(of.stations.from_deg.shape)
    for sigma_deg in (0, 15, 30, 45, 60, 90):
        turned = np.mod(of.stations.from_deg + sigma_deg * noise, 360)
        yield (
            "wind_noise_deg",
            sigma_deg,
            replace(of, stations=replace(of.stations, from_deg=turned)),
        )
    order = rng.permutation(len(of.stations.lon))
    for share in (1.0, 0.75, 0.5, 0.25):
        kept = np.sort(order[: max(1, round(share * len(order)))])
        yield "station_share", share, replace(of, stations=_of_stations(of.stations, kept))
    for times in (1, 2, 3, 4):
        yield "factory_density", times, replace(of, factories=_denser(rng, of.factories, times))
    chance = rng.random(len(of.cause))
    for share in (0.6, 0.4, 0.2, 0.1, 0.0):
        yield "caused_share", share, _with_cause(of, share, chance)


def _of_stations(stations: wind.Stations, kept: NDArray[np.int64]) -> wind.Stations:
    by_station = {
        name: getattr(stations, name)[kept] for name in ("lon", "lat", "speed_m_s", "from_deg")
    }
    return replace(stations, **by_station)


def _denser(rng: np.random.Generator, factories: Factories, times: int) -> Factories:
    """So many times as many: each silent one stands within a kilometre of one that was there."""
    which = np.tile(np.arange(len(factories.lon)), times)
    away = rng.normal(0, 0.006, (2, len(which)))
    away[:, : len(factories.lon)] = 0
    return Factories(
        factories.lon[which] + away[0], factories.lat[which] + away[1], factories.kind[which]
    )


def _with_cause(of: Case, share: float, chance: NDArray[np.float64]) -> Case:
    """So many of the complaints caused by a factory, by leaving out some of one or the other."""
    caused = of.cause >= 0
    now = caused.mean()
    of_caused = min(1.0, share * (1 - now) / (now * (1 - share)))
    of_others = min(1.0, now * (1 - share) / (share * (1 - now))) if share else 1.0
    kept = chance < np.where(caused, of_caused, of_others)
    return replace(of, complaints=of.complaints.take(kept), cause=of.cause[kept])


if __name__ == "__main__":
    main()
