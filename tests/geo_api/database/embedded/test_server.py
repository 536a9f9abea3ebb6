"""One embedded server: who may reach it, where its data lie, and what it says when it fails."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_api.database.embedded import data_directory, server
from geo_api.database.embedded.cluster import ClusterError, database
from geo_api.settings import Settings
from tests.geo_api.database.servers import ask, postmaster, server_processes

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as another user")


def test_a_fresh_home_becomes_a_postgis(home: Path) -> None:
    with database(Settings(home=home), say=print) as url:
        found = ask(url, "CREATE EXTENSION postgis; SELECT ST_AsText(ST_Point(100.5, 13.75))")

    assert found == "POINT(100.5 13.75)"


def test_it_listens_to_its_own_user_on_a_socket_and_to_no_network(migrated_home: Path) -> None:
    with database(Settings(home=migrated_home), say=print) as url:
        addresses = ask(url, "SHOW listen_addresses")
        sockets = Path(str(ask(url, "SHOW unix_socket_directories")))

        assert addresses == ""
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert sockets.stat().st_uid == Path(f"/proc/{postmaster(migrated_home)}").stat().st_uid


@only_root
def test_the_server_of_root_runs_as_an_unprivileged_user(home: Path) -> None:
    with database(Settings(home=home), say=print):
        owners = {Path(f"/proc/{pid}").stat().st_uid for pid in server_processes(home)}

    assert owners
    assert 0 not in owners


def test_committed_rows_stay_durable_and_times_are_utc(migrated_home: Path) -> None:
    with database(Settings(home=migrated_home), say=print) as url:
        shown = [ask(url, f"SHOW {name}") for name in ("fsync", "full_page_writes", "timezone")]

    assert shown == ["on", "on", "UTC"]


def test_locks_whose_process_id_now_names_another_program_are_stale(migrated_home: Path) -> None:
    settings = Settings(home=migrated_home)
    with database(settings, say=print) as url:
        sockets = Path(str(ask(url, "SHOW unix_socket_directories")))
        lock = (sockets / ".s.PGSQL.5432.lock").read_text()
    # PostgreSQL would heed a process of its own user, and of that user only.
    user = sockets.stat().st_uid if os.geteuid() == 0 else None

    with subprocess.Popen(["sleep", "60"], user=user) as stranger:
        ours = lock.replace(lock.split("\n")[0], str(stranger.pid))
        (migrated_home / "postgres/data/postmaster.pid").write_text(ours)
        (sockets / ".s.PGSQL.5432.lock").write_text(ours)
        with database(settings, say=print) as url:
            assert ask(url, "SELECT 1") == 1
        stranger.kill()


def test_what_a_killed_creation_left_is_made_anew(home: Path) -> None:
    unfinished = home / "postgres/data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("15\n")

    with database(Settings(home=home), say=print) as url:
        assert ask(url, "SELECT 1") == 1
    assert not unfinished.exists()


@pytest.mark.parametrize("name", ["x" * 120, "a,b", 'it\'s $HOME "ฟ้าใส"'])
def test_any_folder_may_be_the_home(home: Path, name: str) -> None:
    with database(Settings(home=home / name), say=print) as url:
        sockets = Path(str(ask(url, "SHOW unix_socket_directories")))

    assert (home / name / "postgres/data/PG_VERSION").exists()
    if home not in sockets.parents:
        sockets.rmdir()


@pytest.fixture
def closed_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where only root gets in, as in /root; /var/lib/fahsai is `out` beside it meanwhile."""
    monkeypatch.setattr(data_directory, "OUT_OF_HOME", home / "out")
    (home / "closed").mkdir(mode=0o700)
    yield home / "closed" / "fahsai"


@only_root
def test_a_home_that_postgres_cannot_reach_links_to_its_data(closed_home: Path, home: Path) -> None:
    with database(Settings(home=closed_home), say=print) as url:
        ask(url, "CREATE TABLE kept AS SELECT 7 AS n; SELECT 1")

    with database(Settings(home=closed_home), say=print) as url:
        assert ask(url, "SELECT n FROM kept") == 7
    assert (closed_home / "postgres").readlink().parent == home / "out"


@only_root
def test_a_deleted_home_begins_empty_and_its_data_are_kept_once(
    closed_home: Path, home: Path
) -> None:
    settings = Settings(home=closed_home)
    with database(settings, say=print) as url:
        ask(url, "CREATE TABLE former (); SELECT 1")
    shutil.rmtree(closed_home)

    with database(settings, say=print) as url:
        assert ask(url, "SELECT to_regclass('former')") is None
    assert len(list(home.glob("out/*.old/data"))) == 1


@only_root
def test_a_link_to_data_that_are_gone_is_not_taken_for_an_empty_home(
    closed_home: Path, home: Path
) -> None:
    with database(Settings(home=closed_home), say=print):
        pass
    shutil.rmtree(home / "out")

    with (
        pytest.raises(ClusterError, match="is gone: put it back"),
        database(Settings(home=closed_home), say=print),
    ):
        pytest.fail("started on nothing")


def test_a_server_that_cannot_start_shows_its_own_words(migrated_home: Path) -> None:
    with database(Settings(home=migrated_home), say=print):
        pass
    with (migrated_home / "postgres/data/postgresql.conf").open("a") as conf:
        conf.write("sharedbuffers = 1\n")

    with (
        pytest.raises(ClusterError, match='unrecognized configuration parameter "sharedbuffers"'),
        database(Settings(home=migrated_home), say=print),
    ):
        pytest.fail("started with a bad configuration")


def test_a_log_grown_large_is_put_aside_at_a_start(
    migrated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database(Settings(home=migrated_home), say=print):
        pass
    monkeypatch.setattr(server, "LOG_BYTES", 10)

    with database(Settings(home=migrated_home), say=print):
        pass

    assert {path.name for path in (migrated_home / "postgres").glob("server.*")} == {
        "server.log",
        "server.log.1",
    }


def test_a_home_that_cannot_be_made_is_named_with_the_remedy(home: Path) -> None:
    (home / "file").touch()

    with (
        pytest.raises(ClusterError, match=r"file/home cannot be used.*FAHSAI_HOME"),
        database(Settings(home=home / "file/home"), say=print),
    ):
        pytest.fail("made a folder in a file")


def test_it_is_stopped_also_while_it_recovers_from_a_crash(migrated_home: Path) -> None:
    with database(Settings(home=migrated_home), say=print) as url:
        backend = ask(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'")
        assert isinstance(backend, int)
        os.kill(backend, signal.SIGKILL)

    assert server_processes(migrated_home) == []
