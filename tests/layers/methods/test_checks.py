"""The checks of the methods: each passes, each could fail, and none stops the others."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from layers.methods.checks import Check, Value, agrees, checks, outcome

ALL = [(method, check) for method, declared in checks().items() for check in declared]
WORDS = re.compile(r"PM2\.5|PM10|CO2|O3|NO2|SO2|H2S|Gi\*")


def check(got: Callable[[], object], expected: Value = 1.0, tolerance: float = 0.0) -> Check:
    return Check("one", "หนึ่ง", "One", "", expected, got, "", tolerance)


@pytest.mark.parametrize(("method", "declared"), ALL, ids=lambda e: getattr(e, "name", e))
def test_every_check_of_every_method_passes(method: str, declared: Check) -> None:
    found = outcome(method, declared)

    assert found.passed, f"{found.error or found.got} is not {declared.expected}"


@pytest.mark.parametrize(("method", "declared"), ALL, ids=lambda e: getattr(e, "name", e))
def test_a_check_says_in_both_languages_what_it_compares(method: str, declared: Check) -> None:
    assert re.search("[ก-๙]", declared.th) and declared.source
    for text in (declared.th, declared.en):
        assert not re.search(r"\d", WORDS.sub("", text)), f"{method}.{declared.name}: {text}"


def test_names_of_a_methods_checks_are_its_own() -> None:
    names = [(method, declared.name) for method, declared in ALL]

    assert len(names) == len(set(names)) > 0


@pytest.mark.parametrize(
    ("got", "expected", "tolerance"),
    [
        (1.01, 1.0, 0.005),
        (float("nan"), 1.0, 9.0),
        (float("inf"), 1.0, 9.0),
        ((1.0, 2.0), (1.0, 2.1), 0.05),
        ((1.0,), (1.0, 2.0), 0.0),
        (True, 1, 0.0),
        (None, 0, 0.0),
        ("calm", "no_wind", 0.0),
    ],
)
def test_what_differs_does_not_pass(got: Value, expected: Value, tolerance: float) -> None:
    assert not agrees(got, expected, tolerance)


def test_what_agrees_passes_whether_numpys_or_pythons() -> None:
    assert outcome("a", check(lambda: np.float64(1.004), 1.0, 0.005)).passed
    assert outcome("a", check(lambda: np.array([1, 2]), (1, 2))).passed
    assert outcome("a", check(lambda: (None, "calm", True), (None, "calm", True))).passed


def test_a_check_that_raises_has_failed_and_says_why() -> None:
    found = outcome("a", check(lambda: 1 / 0))

    assert (found.passed, found.got) == (False, None)
    assert found.error == "ZeroDivisionError: division by zero"


def test_the_command_writes_each_checks_outcome_as_json() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "layers.methods.checks", "aqi"],
        capture_output=True,
        check=True,
        text=True,
    )

    told = json.loads(done.stdout)
    assert [one["name"] for one in told] == [one.name for one in checks()["aqi"]]
    assert all(one["passed"] for one in told)
    assert all(agrees(one["got"], one["expected"], one["tolerance"]) for one in told)
