"""One Run, by the number that rows of it say."""

from datetime import datetime

from geo_api.database.connections import Reads
from geo_api.features.freshness_sql import RUN
from layers.reports.runs import Run, RunInput, RunNotFound

VIEWS = ("runs",)


def run(reads: Reads, number: int) -> Run:
    """Raises RunNotFound."""
    rows = reads.fetch(RUN, {"run": number})
    if not rows:
        raise RunNotFound(f"there is no run {number}: give the run_id of a row, as in /api/runs/1")
    [(id, source, status, started_at, finished_at, data_as_of, method_version, inputs)] = rows
    read = tuple(
        RunInput(one["run"], one["source"], datetime.fromisoformat(one["finished_at"]))
        for one in inputs
    )
    return Run(id, source, status, started_at, finished_at, data_as_of, method_version, inputs=read)
