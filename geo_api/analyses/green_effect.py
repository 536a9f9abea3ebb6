"""What certification did to the complaints that name a factory, or why it can't be told.

Certified is a factory from its first certificate of the level on, whether or not it still holds
one. The register tells which factories there are, not since when: a month before a factory was
built counts as one without a complaint.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec

import pandas as pd

from geo_api.analyses import AnalysisRun
from geo_api.analyses.green_effect_sql import FORGET, KEEP, PANEL
from geo_api.database.runs import RunFailed
from layers.methods.green_effect.effect import green_effect
from layers.methods.green_effect.finding import Finding
from layers.methods.green_effect.panel import COLUMNS

NAME = "green_effect"
# The first level for which a factory must have a system, not intend one (level 3, System).
LEVEL = 3


def compute(run: AnalysisRun) -> str:
    """Keeps what is found in place of what was; nothing where no complaint names a factory."""
    frame = panel(run, LEVEL)
    run.tally.read = run.tally.sound = len(frame)
    with run.connection.cursor() as cursor:
        cursor.execute(FORGET, {"level": LEVEL})
        known = cursor.rowcount
        if frame.empty:
            return f"{NAME}: no complaint of a month that is over names a factory: nothing is told"
        _require_pyfixest()
        found = green_effect(frame)
        cursor.execute(KEEP, _values(found, frame["month"], run.run_id))
    run.tally.updated, run.tally.inserted = known, 1 - known
    return _said(found)


def _require_pyfixest() -> None:
    if find_spec("pyfixest") is None:
        raise RunFailed(f"{NAME} needs pyfixest: pip install '.[science]'")


def panel(run: AnalysisRun, level: int) -> pd.DataFrame:
    """Factories by month, as the method takes them; empty where no complaint names a factory."""
    with run.connection.cursor() as cursor:
        cursor.execute(PANEL, {"level": level})
        rows: Sequence[tuple[object, ...]] = cursor.fetchall()
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _values(found: Finding, months: pd.Series, run_id: int) -> dict[str, object]:
    return {
        "level": LEVEL,
        "first_month": months.min(),
        "last_month": months.max(),
        "verdict": found.verdict,
        "reasons": [str(reason) for reason in found.reasons],
        "finding": json.dumps(asdict(found)),
        "run": run_id,
    }


def _said(found: Finding) -> str:
    counts = found.counts
    asked = (
        f"{NAME} of level {LEVEL}: {counts.with_complaints:,} of {counts.certified:,} certified"
        f" factories have complaints, {counts.complaints_after:,} after"
    )
    if found.verdict == "prints" and found.change:
        return f"{asked}; {found.change.value:+.0%}"
    return f"{asked}; {found.verdict}: {', '.join(found.reasons)}"
