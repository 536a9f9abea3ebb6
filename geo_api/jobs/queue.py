"""The queue: procrastinate's, in the schema `jobs`, to which its role's search_path leads."""

import logging
from collections.abc import Awaitable, Callable

from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status

QUEUE = "jobs"  # as defer_job has it, and the name of the task
HEARTBEAT_S = 1
STALLED_S = 4
_POLL_S = 2  # what was put off; of what is new it hears
_GRACE_S = 5  # of jobs at work when a worker is told to end; they begin anew then
_ATTEMPTS, _WAIT_S = 10, 1


class StillRunning(RuntimeError):
    """Another process does the job just now, or did until its end is noticed."""


def queue_app(
    url: str,
    run: Callable[[str], Awaitable[None]],
    help_with: Callable[[int, int], Awaitable[None]],
) -> App:
    """The queue at `url`, as fahsai_jobs. One task has `run` do a job by its name; where that
    raises StillRunning it is tried again in some seconds, and then left to the next tick. The other
    has `help_with` compute parts of a Run, by the Run's number and that of the help."""
    # What goes wrong is raised as well, and told by whoever runs the worker.
    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4, timeout=3))
    retry = RetryStrategy(max_attempts=_ATTEMPTS, wait=_WAIT_S, retry_exceptions=[StillRunning])

    @app.task(name="run_job", queue=QUEUE, retry=retry)
    async def run_job(name: str) -> None:
        await run(name)

    # A parameter is called as the key of the arguments that defer_help gives.
    @app.task(name="help_run", queue=QUEUE)
    async def help_run(run: int, number: int) -> None:
        await help_with(run, number)

    return app


async def work_on(app: App, at_once: int) -> None:
    """Does jobs until it is cancelled; ends by itself where the database went away."""
    await app.run_worker_async(
        queues=[QUEUE],
        concurrency=at_once,
        install_signal_handlers=False,
        fetch_job_polling_interval=_POLL_S,
        shutdown_graceful_timeout=_GRACE_S,
        delete_jobs=DeleteJobCondition.ALWAYS,
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=STALLED_S,
    )


async def rescue(app: App) -> int:
    """Gives the jobs of workers that are not heard of any more to others; how many. The queue does
    not do so by itself."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:
            # The same waits there already, as somebody asked for it: that one will do.
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    return len(stalled)
