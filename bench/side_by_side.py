"""Runs a workload: ours, a peer and a floor in turn, several times each; medians and ratios."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from bench import floors
from bench.load import Reading, ask, median
from bench.pictures import pictures_a_second
from bench.results import CONNECTIONS, TUNED, Ratio, Row
from bench.servers import ours, running, tipg, titiler
from bench.workloads import Workload
from bench.world import Say, World

_CHECKED = 6


@dataclass(frozen=True)
class Plan:
    """How long each reading takes, how many there are of each side, and at how many connections."""

    seconds: int = 2
    repeats: int = 3
    connections: Sequence[int] = (1, CONNECTIONS, 32)

    def __str__(self) -> str:
        at = ", ".join(map(str, self.connections))
        return f"medians of {self.repeats} readings of {self.seconds} s at {at} connections"


Read = Callable[[int, int], Reading]


def measured(workload: Workload, world: World, plan: Plan, say: Say) -> Row:
    """Checks first that both answer alike, then measures."""
    with _sides(workload, world, plan) as (sides, told):
        for line in told:
            say(f"  {line}")
        for name, read in sides.items():
            if name not in _FLOORS:
                read(CONNECTIONS, 0)  # fills pools, plans and, where there is one, the cache
        readings = {
            name: {
                connections: reading
                for connections in plan.connections
                if (reading := taken.get((name, connections)))
            }
            for taken in [_taken(sides, plan)]
            for name in sides
        }
    ratios = [
        Ratio(against, _ratio(readings, against), target)
        for against, target in workload.goals.items()
    ]
    if TUNED in readings:
        told.append(f"{_ratio(readings, TUNED):.2f} × {TUNED}")
    return Row(workload.name, workload.title, readings, ratios, told)


def _taken(sides: Mapping[str, Read], plan: Plan) -> dict[tuple[str, int], Reading]:
    """Medians by side and connections; the sides take turns, so that all meet the same noise."""
    found: dict[tuple[str, int], list[Reading]] = {}
    for connections in plan.connections:
        for number in range(plan.repeats):
            for name, read in sides.items():
                if name not in (*_FLOORS, TUNED) or connections == CONNECTIONS:
                    found.setdefault((name, connections), []).append(read(connections, number))
    return {key: median(readings) for key, readings in found.items()}


# These are not asked over connections.
_FLOORS = ("postgis", "one process")


def _ratio(readings: Mapping[str, Mapping[int, Reading]], against: str) -> float:
    return readings["ours"][CONNECTIONS].per_s / readings[against][CONNECTIONS].per_s


@contextmanager
def _sides(
    workload: Workload, world: World, plan: Plan
) -> Iterator[tuple[dict[str, Read], list[str]]]:
    """Whom to measure, by name, and how alike their answers are."""
    paths = workload.ours(world)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fahsai-bench-")))

        def served(base: str, name: str, asked: Sequence[str]) -> Read:
            file = folder / name
            file.write_text("\n".join(asked) + "\n", encoding="utf-8")
            return lambda connections, number: ask(
                base, file, connections, plan.seconds, number * len(asked) // plan.repeats
            )

        kind = "kept" if workload.kept else "fresh"
        base = stack.enter_context(running(ours(world.home, world.url, kind)))
        sides = {"ours": served(base, "ours", paths)}
        told = []
        if workload.peer and workload.theirs:
            server = titiler() if workload.peer == "titiler" else tipg(world.url)
            other = stack.enter_context(running(server))
            theirs = workload.theirs(world)
            told = _checked(workload, (base, paths), (other, theirs))
            sides[workload.peer] = served(other, workload.peer, theirs)
            if workload.peer == "tipg":
                tuned = stack.enter_context(running(tipg(world.url, tuned=True)))
                sides[TUNED] = served(tuned, TUNED, theirs)
        if "fixed" in workload.goals:
            sizes = [len(_body(base + path)) for path in paths]
            sides["fixed"] = served(base, "fixed", [f"/fixed/{sum(sizes) // len(sizes)}"])
        sides |= _floor(workload, world, paths, plan)
        yield sides, told


def _checked(
    workload: Workload, ours: tuple[str, Sequence[str]], theirs: tuple[str, Sequence[str]]
) -> list[str]:
    """Asks both a sample of the questions. Raises checks.Differs."""
    (base, paths), (other, others) = ours, theirs
    if len(paths) != len(others):
        raise AssertionError(f"{len(paths)} questions to ours, {len(others)} to the peer")
    check = workload.check
    return [
        check(_body(base + paths[i]), _body(other + others[i]))
        for i in _spread(len(paths), _CHECKED)
        if check
    ]


def _floor(workload: Workload, world: World, paths: Sequence[str], plan: Plan) -> dict[str, Read]:
    if workload.floor is None:
        return {}
    if workload.floor == "window read":
        return {"one process": lambda _c, _n: pictures_a_second(world, plan.seconds)}
    asked = [paths[i] for i in _spread(len(paths), floors.SCRIPTS)]
    scripts, prepared = floors.statements(world.url, world.home, asked)
    if workload.floor == "one statement":
        scripts = [floors.as_one(script) for script in scripts]

    def read(_connections: int, _number: int) -> Reading:
        per_s, ms = floors.pgbench(world.url, scripts, prepared, plan.seconds)
        return Reading(per_s, ms, float("nan"), float("nan"))

    return {"postgis": read}


def _spread(length: int, count: int) -> list[int]:
    """`count` places, or all, evenly over a list."""
    return [i * length // count for i in range(count)] if count < length else list(range(length))


def _body(url: str) -> bytes:
    with urlopen(url, timeout=60) as answer:
        body: bytes = answer.read()
    return body
