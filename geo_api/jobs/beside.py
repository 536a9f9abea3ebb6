"""A worker beside the service of the same command: a process that ends with it."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from geo_api.jobs.worker import Worker
from geo_api.processes import end_with_parent

_LOOK_S = 0.5
_AGAIN_S = 10
_END_S = 10
_spawn = multiprocessing.get_context("spawn")


@contextmanager
def working(worker: Worker) -> Iterator[None]:
    """Meanwhile the worker is at work; one that was killed is begun anew."""
    ending = Event()
    # The process is killed when the thread that started it ends: it is this one's to the end.
    keeper = Thread(target=_keep, args=(worker, ending))
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(worker: Worker, ending: Event) -> None:
    while not ending.is_set():
        process = _spawn.Process(target=_work, args=(worker,))
        process.start()
        while process.is_alive() and not ending.wait(_LOOK_S):
            pass
        process.terminate()
        process.join(_END_S)
        process.kill()
        process.join()
        ending.wait(_AGAIN_S)


def _work(worker: Worker) -> None:
    end_with_parent()
    os.nice(5)  # whoever is answered comes first
    worker.run()
