"""What the methods gave when their checks were computed on the server that says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from layers.model import Text


@dataclass(frozen=True)
class MethodCheck:
    """What `got` was computed to be beside what is `expected`, by whom (`source`), of the inputs
    `given`; numbers agree within `tolerance` (in `unit`). `error` is why nothing was computed."""

    method: str
    name: str
    what: Text
    given: str
    expected: Any
    got: Any
    tolerance: float
    unit: str
    source: str
    passed: bool
    seconds: float
    error: str | None


@dataclass(frozen=True)
class MethodChecks:
    """All checks as they came out at `computed_at` (UTC), by this program and these libraries,
    which `program` stands for. `failure` says why none could be computed."""

    checks: tuple[MethodCheck, ...]
    computed_at: datetime
    program: str
    failure: str | None = None

    @property
    def passed(self) -> int:
        return sum(check.passed for check in self.checks)

    @property
    def failed(self) -> int:
        return len(self.checks) - self.passed
