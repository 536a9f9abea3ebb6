"""How the peers are pointed at the same database, and which tiles are asked for."""

import json

import pytest

from bench.servers import as_reader
from bench.sizes import count_of
from bench.workloads import WORKLOADS, colormap
from bench.world import tile_at


def test_a_socket_becomes_the_host_that_asyncpg_reads() -> None:
    url = as_reader("postgresql://fahsai@/fahsai?host=/srv/a%20home/run&port=5432")

    assert url == ("postgresql://fahsai@%2Fsrv%2Fa%20home%2Frun:5432/fahsai?role=fahsai_reader")


def test_plans_can_be_kept_from_being_parallel() -> None:
    url = as_reader("postgresql://fahsai@/fahsai?host=/srv/home/run", parallel=False)

    assert url.endswith("?role=fahsai_reader&max_parallel_workers_per_gather=0")


def test_a_server_of_ones_own_keeps_its_host_and_port() -> None:
    url = as_reader("postgresql://me:secret@db.example:5433/fahsai")

    assert url.startswith("postgresql://me:secret@db.example:5433/fahsai?role=fahsai_reader")


@pytest.mark.parametrize(
    ("zoom", "tile"), [(0, (0, 0, 0)), (8, (8, 199, 118)), (12, (12, 3191, 1889))]
)
def test_bangkok_lies_in_its_tiles(zoom: int, tile: tuple[int, int, int]) -> None:
    assert tile_at(zoom, 100.5018, 13.7563) == tile


def test_sizes_are_read_as_people_write_them() -> None:
    assert list(map(count_of, ("300", "20k", "2M"))) == [300, 20_000, 2_000_000]


def test_the_peer_paints_what_is_shown_as_15_0_like_ours() -> None:
    (_, end), color = json.loads(colormap())[0]

    assert end == pytest.approx(15.05)
    assert len(color) == 4


def test_workloads_are_called_apart_and_have_a_peer_for_each_goal() -> None:
    names = [workload.name for workload in WORKLOADS]

    assert len(set(names)) == len(names)
    for workload in WORKLOADS:
        against = {workload.peer, "postgis" if workload.floor else None, "fixed"}
        assert set(workload.goals) <= against
