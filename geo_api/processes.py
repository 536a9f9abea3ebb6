"""What processes of ours do as such."""

import ctypes
import multiprocessing
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """This process is killed when the one that started it ends, however that ends: a worker would
    hold the port, and a download its query. At once, for neither has anything to lose; Linux alone
    can promise it."""
    kill_with_parent()
    # One that ended before, while this one was still importing, sends no signal any more.
    parent = multiprocessing.parent_process()
    if parent and parent.pid != os.getppid():
        os.kill(os.getpid(), signal.SIGKILL)


def kill_with_parent() -> None:
    """The same of a program that is about to be started, as its `preexec_fn`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
