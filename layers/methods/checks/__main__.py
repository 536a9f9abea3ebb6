"""`python -m layers.methods.checks [METHOD]`: computes checks, writes what they gave as JSON."""

import json
import sys
from dataclasses import fields

from layers.methods.checks import Check, Outcome, run

_TOLD = [field.name for field in fields(Check) if field.name != "got"]


def told(outcome: Outcome) -> dict[str, object]:
    """An outcome as JSON has it."""
    return {
        "method": outcome.method,
        **{name: getattr(outcome.check, name) for name in _TOLD},
        "got": outcome.got,
        "passed": outcome.passed,
        "seconds": round(outcome.seconds, 6),
        "error": outcome.error,
    }


def main(method: str | None = None) -> int:
    """0 where all passed, 1 where one did not."""
    outcomes = list(run(method))
    json.dump([told(one) for one in outcomes], sys.stdout, ensure_ascii=False, allow_nan=False)
    sys.stdout.write("\n")
    return int(not all(one.passed for one in outcomes))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
