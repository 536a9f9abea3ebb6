"""What each method must give, by published numbers or by what it promises, and whether it does.

A module of this folder holds the `CHECKS` of one method, by whose name it is called; nothing else
lists them. The page `/methods`, `/api/methods` and the tests run them all.
"""

import importlib
import math
import pkgutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeGuard

# A number, a word, whether something holds, nothing, or several of these.
Value = float | int | str | bool | None | Sequence["Value"]


@dataclass(frozen=True)
class Check:
    """`got` computes what `expected` says, of each number within `tolerance` (absolute, in `unit`).

    `th` and `en` tell what is compared, in words without digits; `given` are the inputs as one
    would write them down; `source` is whose number it is, or what follows from the formula.
    `got` takes no argument, needs neither network nor database, and a second at most.
    """

    name: str
    th: str
    en: str
    given: str
    expected: Value
    got: Callable[[], object]
    source: str
    tolerance: float = 0.0
    unit: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a check gave; `error` is why it gave nothing."""

    method: str
    check: Check
    got: Value
    passed: bool
    seconds: float
    error: str | None = None


@cache
def checks() -> dict[str, tuple[Check, ...]]:
    """All checks by method, methods in the order of the alphabet."""
    return {
        module.name: tuple(importlib.import_module(f"{__name__}.{module.name}").CHECKS)
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name)
        if not module.name.startswith("_")
    }


def run(method: str | None = None) -> Iterator[Outcome]:
    """Computes every check, or those of one method. One that raises has failed; it stops none."""
    for name, declared in checks().items():
        if method in (None, name):
            for check in declared:
                yield outcome(name, check)


def outcome(method: str, check: Check) -> Outcome:
    """Computes one check."""
    began = time.perf_counter()
    try:
        got = _plain(check.got())
    except Exception as problem:  # whatever it is, the check has not passed
        error = f"{type(problem).__name__}: {problem}"
        return Outcome(method, check, None, False, time.perf_counter() - began, error)
    passed = agrees(got, check.expected, check.tolerance)
    return Outcome(method, check, got, passed, time.perf_counter() - began)


def agrees(got: object, expected: object, tolerance: float) -> bool:
    """Whether the numbers of both lie within `tolerance` of each other, and all else is equal. NaN
    agrees with nothing."""
    if isinstance(got, list | tuple) and isinstance(expected, list | tuple):
        return len(got) == len(expected) and all(
            agrees(one, other, tolerance) for one, other in zip(got, expected, strict=True)
        )
    if _is_number(got) and _is_number(expected):
        return math.isfinite(got) and abs(got - expected) <= tolerance
    return type(got) is type(expected) and got == expected


def _plain(value: Any) -> Value:
    """Numbers and arrays of numpy as Python's own."""
    plain = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(plain, list | tuple):
        return tuple(map(_plain, plain))
    if isinstance(plain, float) and not math.isfinite(plain):
        return str(plain)  # JSON has no such number
    return plain  # type: ignore[no-any-return]


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
