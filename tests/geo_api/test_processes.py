"""Processes of ours leave none behind."""

import signal
import subprocess
import sys

import pytest

PARENT = """
import subprocess, sys
child = "import time; from geo_api.processes import end_with_parent; end_with_parent()"
child += "; print('ready', flush=True); time.sleep(60)"
subprocess.run([sys.executable, "-c", child])
"""

LATE = """
import multiprocessing, os, time
from geo_api.processes import end_with_parent

def outlive(parent):
    print("ready", flush=True)
    while os.getppid() == parent:
        time.sleep(0.01)
    end_with_parent()
    time.sleep(60)

multiprocessing.get_context("fork").Process(target=outlive, args=[os.getpid()]).start()
time.sleep(60)
"""


@pytest.mark.parametrize("script", [PARENT, LATE], ids=["while it works", "before it began"])
def test_a_process_ends_when_the_one_that_started_it_is_killed(script: str) -> None:
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"ready\n"

        parent.send_signal(signal.SIGKILL)

        # Ends when the child, who has it open too, is gone; it would otherwise live for a minute.
        assert parent.communicate(timeout=60)[0] == b""
