"""The processes that answer, and how they end: in good order for so long, and then all the same."""

import signal
from collections.abc import Callable
from socket import socket
from threading import Thread, Timer

import uvicorn
from prometheus_client.multiprocess import mark_process_dead
from uvicorn.supervisors import Multiprocess

# What is being sent has so long to its end; then it is broken off. A worker that a statement still
# holds up is killed somewhat later.
GRACE_S = 10
END_S = 15
_ENDING = (signal.SIGTERM, signal.SIGINT)


class Workers(Multiprocess):
    """As uvicorn's, which waits for its workers without end. The first signal ends them within
    END_S, whatever they are sending; a second one at once. `ending` hears of the first."""

    def __init__(
        self, config: uvicorn.Config, listener: socket, ending: Callable[[], None]
    ) -> None:
        config.timeout_graceful_shutdown = GRACE_S
        before = {number: signal.getsignal(number) for number in _ENDING}
        super().__init__(config, [listener])
        self._before = before
        self._ending = ending
        self._killing = Timer(END_S, self._kill)
        self._killing.daemon = True
        self._signals = 0
        self._counting: set[int] = set()
        for number in _ENDING:
            signal.signal(number, lambda _number, _frame: self._signalled())

    def run(self) -> None:
        """Returns when all have ended; signals then mean what they meant before."""
        try:
            super().run()
        finally:
            self._killing.cancel()
            for number, handler in self._before.items():
                signal.signal(number, handler)

    def keep_subprocess_alive(self) -> None:
        """What a worker was at when it ended, nobody is at any more; what it has done stays counted
        (geo_api/http/metrics.py)."""
        super().keep_subprocess_alive()
        living = {process.pid for process in self.processes if process.pid}
        for pid in self._counting - living:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
        self._counting = living

    def _signalled(self) -> None:
        """At once, though the turns of `run` may wait for a worker that does not answer; but an
        Event that `run` waits for cannot be set here, for it may hold the lock of it."""
        self._signals += 1
        if self._signals == 1:
            self.signal_queue.append(signal.SIGTERM)
            self._killing.start()
            self._ending()
        else:
            Thread(target=self._kill).start()

    def _kill(self) -> None:
        self.should_exit.set()
        for process in self.processes:
            process.process.kill()
