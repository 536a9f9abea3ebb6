"""What hears that data change, where no connection can LISTEN."""

import gc
import os
import select

from geo_api.database.listening import Bell


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_a_bell_is_heard_once_however_often_it_rang() -> None:
    bell = Bell()

    heard = []
    for rings in (0, 1, 5):
        for _ in range(rings):
            bell.ring()
        heard.append(bool(select.select([bell.fileno()], [], [], 0)[0]))
        bell.poll()
    silent = not select.select([bell.fileno()], [], [], 0)[0]
    bell.close()
    bell.ring()

    assert (heard, silent) == ([False, True, True], True)


def test_one_that_nobody_closed_leaves_nothing_open() -> None:
    gc.collect()
    before = open_files()
    kept: list[object] = [Bell(), Bell()]
    kept.append(kept)
    assert open_files() == before + 4

    del kept
    gc.collect()

    assert open_files() == before
