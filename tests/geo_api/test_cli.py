"""The command, run as people run it: in processes of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg2
import pytest
from click.testing import CliRunner
from psycopg2.extensions import make_dsn

from geo_api import cli
from geo_api.complaints.photos import PhotoStore
from geo_api.database.embedded.cluster import database
from geo_api.demo.load import feeds
from geo_api.http.workers import END_S, GRACE_S
from geo_api.settings import Settings
from layers.analyses import analyses, analysis_named
from tests.geo_api.complaints.pictures import picture
from tests.geo_api.database.asking import rows
from tests.geo_api.database.servers import PATIENCE_S, kill, server_processes, wait_until

COMMANDS = (
    "up",
    "serve",
    "migrate",
    "ingest",
    "quarantine",
    "analyse",
    "demo",
    "raster",
    "basemap",
    "backup",
    "restore",
    "status",
    "account",
    "key",
    "contacts",
    "audit",
)
ESTATES = "id,name_th,lat,lon,operations\n1,นิคมอุตสาหกรรมทดสอบ,13.5,100.5,สายปฏิบัติการ 1\n"


def fahsai(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", cli.__name__, *words],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def environment(home: Path, **more: str) -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("FAHSAI_")}
    return ours | {"FAHSAI_HOME": str(home)} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def up(home: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    """`fahsai up --no-demo --no-jobs`, ready to answer; ended if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", cli.__name__, "up", "--no-demo", "--no-jobs", "--port", str(port)],
        env=environment(home, **more),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until_healthy(process, port)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def wait_until_healthy(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=60) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"fahsai up did not become healthy: {process.communicate(timeout=60)[1]}")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(
    command: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # this process has its own

    told = CliRunner().invoke(cli.main, [command, "--help"], env={"FAHSAI_HOME": str(home)})

    assert told.exit_code == 0
    assert "Usage:" in told.stdout
    assert not list(home.iterdir())


def test_the_version_is_told() -> None:
    told = CliRunner().invoke(cli.main, ["--version"])

    assert told.stdout == f"fahsai, version {version('fahsai')}\n"


def test_what_takes_long_to_import_is_left_to_the_commands_that_need_it(home: Path) -> None:
    names = (
        *("alembic", "folium", "geopandas", "joserfc", "numpy", "pandas", "PIL", "pyogrio"),
        *("rasterio", "requests", "sqlalchemy", "uvicorn"),
    )
    script = f"import sys, {cli.__name__}; print(*{{*{names!r}}}.intersection(sys.modules))"

    told = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert told.stdout.split() == []


def test_an_unknown_source_is_refused_with_those_there_are(home: Path) -> None:
    told = fahsai(home, "ingest", "nasa")

    assert told.returncode == 1
    assert "no source 'nasa'" in told.stderr
    assert "firms" in told.stderr


def test_an_unknown_analysis_is_refused_with_those_there_are(home: Path) -> None:
    told = fahsai(home, "analyse", "pm10")

    assert told.returncode == 1
    assert "no analysis 'pm10'; there are: burned_area, carbon_vintages, " in told.stderr


def test_the_demo_is_loaded_and_every_analysis_is_run_and_listed_with_its_input(
    home: Path, fresh_url: str
) -> None:
    where = {"FAHSAI_DATABASE_URL": fresh_url}

    loaded = fahsai(home, "demo", "--scale", "0.02", "--until", "2026-11-21T18", **where)
    listed = fahsai(home, "analyse", **where)

    assert loaded.returncode == 0, loaded.stderr
    assert re.search(r"pm25_surface \d+ days to 2026-11-21: ", loaded.stderr)
    assert "pm25_surface_hourly: 48 hours to 2026-11-21 " in loaded.stderr
    assert re.search(r"exposure: \d+ days to 2026-11-21", loaded.stderr)
    assert listed.returncode == 0, listed.stderr
    assert "upwind_fires: " in loaded.stderr
    lines = [line.split(maxsplit=1) for line in listed.stdout.strip().splitlines()]
    assert sorted(name for name, _ in lines) == sorted(analyses())
    for name, told in lines:
        fed = r"succeeded \S+Z, computed from .*demo \S+Z.*"
        assert re.fullmatch(fed if feeds(analysis_named(name)) else "never run", told), name


def test_a_port_that_is_no_number_is_refused_by_name(home: Path) -> None:
    told = fahsai(home, "status", PORT="many")

    assert told.returncode == 1
    assert "PORT must be a whole number" in told.stderr


def test_a_plugin_that_is_no_folder_is_refused_by_name(home: Path) -> None:
    told = fahsai(home, "status", FAHSAI_PLUGINS="/nowhere")

    assert told.returncode == 1
    assert "FAHSAI_PLUGINS must name folders; /nowhere is none" in told.stderr


def test_files_are_read_and_their_freshness_shown_without_a_server(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "estates.csv"
    file.write_text(ESTATES, encoding="utf-8")

    read = fahsai(home, "ingest", "industrial_estates", str(file))
    status = fahsai(home, "status", "--json")

    assert read.returncode == 0, read.stderr
    assert "1 read, 1 new" in read.stdout
    assert status.returncode == 0
    sources = json.loads(status.stdout)["sources"]
    assert sources["industrial_estates"]["last_status"] == "succeeded"


def test_a_file_that_is_no_data_fails_and_says_so(migrated_home: Path, tmp_path: Path) -> None:
    page = tmp_path / "estates.csv"
    page.write_text("<html>502 Bad Gateway</html>")

    told = fahsai(migrated_home, "ingest", "industrial_estates", str(page))

    assert told.returncode == 1
    assert "is a web page" in told.stderr
    assert "nothing was changed" in told.stderr


def test_ingest_works_beside_a_running_server_and_a_second_server_is_refused(
    migrated_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "estates.csv"
    file.write_text(ESTATES, encoding="utf-8")
    port = free_port()

    with up(migrated_home, port):
        read = fahsai(migrated_home, "ingest", "industrial_estates", str(file))
        second = fahsai(migrated_home, "up", "--port", str(free_port()))
        url = f"http://127.0.0.1:{port}/ogc/collections/industrial_estates/items"
        with urllib.request.urlopen(url, timeout=60) as answer:
            items = json.load(answer)

    assert read.returncode == 0, read.stderr
    assert items["numberReturned"] == 1
    assert second.returncode == 1
    assert str(migrated_home) in second.stderr


def test_with_a_server_of_ones_own_no_local_one_is_touched(
    home: Path, fresh_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "estates.csv"
    file.write_text(ESTATES, encoding="utf-8")

    read = fahsai(home, "ingest", "industrial_estates", str(file), FAHSAI_DATABASE_URL=fresh_url)
    status = fahsai(home, "status", "--json", FAHSAI_DATABASE_URL=fresh_url)

    assert read.returncode == 0, read.stderr
    sources = json.loads(status.stdout)["sources"]
    assert sources["industrial_estates"]["last_status"] == "succeeded"
    assert not list(home.iterdir())


def test_serving_a_database_that_is_not_up_to_date_is_refused_with_the_remedy(home: Path) -> None:
    told = fahsai(home, "serve", "--port", str(free_port()))

    assert told.returncode == 1
    assert "fahsai migrate" in told.stderr


def test_workers_log_in_as_the_reader_and_never_as_the_owner(migrated_home: Path) -> None:
    with (
        database(Settings(migrated_home), say=print) as url,
        up(migrated_home, free_port()),
    ):
        users = rows(
            url,
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )

    assert users == [("fahsai_reader",)]


def test_a_taken_port_is_named_before_any_work_is_done(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        told = fahsai(home, "up", "--port", str(taken.getsockname()[1]))

    assert told.returncode == 1
    assert "choose another port" in told.stderr


def test_a_stopped_service_takes_its_database_along(migrated_home: Path) -> None:
    with up(migrated_home, free_port()) as process:
        assert server_processes(migrated_home)

        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)

    assert process.returncode == 0
    assert server_processes(migrated_home) == []


@contextmanager
def sending(port: int) -> Iterator[socket.socket]:
    """A client that asks for a file and takes the first bytes of it alone."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as opened:
        opened.sendall(b"GET /basemap.pmtiles HTTP/1.1\r\nHost: a\r\n\r\n")
        assert opened.recv(12) == b"HTTP/1.1 200"
        yield opened


@pytest.mark.parametrize(("signals", "within_s"), [(1, END_S + 10), (2, GRACE_S)])
def test_a_signal_ends_it_in_time_whatever_is_being_sent_and_a_second_one_at_once(
    signals: int, within_s: float, migrated_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "roads.pmtiles"
    file.write_bytes(os.urandom(30_000_000))
    port = free_port()
    with (
        up(migrated_home, port, FAHSAI_BASEMAP=str(file)) as process,
        sending(port),
    ):
        for _ in range(signals):
            process.send_signal(signal.SIGTERM)
            time.sleep(1)
        process.wait(within_s)

    assert server_processes(migrated_home) == []


def test_a_restart_waits_for_the_one_that_is_ending(migrated_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "roads.pmtiles"
    file.write_bytes(os.urandom(30_000_000))
    port = free_port()
    with (
        up(migrated_home, port, FAHSAI_BASEMAP=str(file)) as first,
        sending(port),
    ):
        first.send_signal(signal.SIGTERM)
        lock = migrated_home / "server.lock"
        wait_until(lambda: lock.read_text().endswith("which is ending"))
        with up(migrated_home, free_port()) as second:
            assert first.poll() is not None
            second.terminate()
            assert "which is ending …" in second.communicate(timeout=60)[1]


def test_everything_killed_at_once_loses_no_row(migrated_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "estates.csv"
    file.write_text(ESTATES, encoding="utf-8")
    port = free_port()
    with up(migrated_home, port) as process:
        fahsai(migrated_home, "ingest", "industrial_estates", str(file))
        process.kill()
        kill(server_processes(migrated_home))

    # No worker outlives its parent and keeps the port.
    with up(migrated_home, port):
        pass
    again = fahsai(migrated_home, "ingest", "industrial_estates", str(file))

    assert again.returncode == 0, again.stderr
    assert "1 unchanged" in again.stdout


@pytest.mark.parametrize("url", ["garbage", "mysql://u:geheim@h/x", "postgresql:///x?geheim=1"])
def test_a_database_url_that_cannot_be_read_is_named_and_not_repeated(url: str, home: Path) -> None:
    told = fahsai(home, "status", FAHSAI_DATABASE_URL=url)

    assert told.returncode == 1
    assert told.stderr.startswith("Error: FAHSAI_DATABASE_URL cannot be read")
    assert "geheim" not in told.stderr


def test_a_home_of_nobody_is_refused_by_name() -> None:
    told = fahsai(Path("~nosuchuser/fahsai"), "status")

    assert told.returncode == 1
    assert told.stderr.startswith("Error: FAHSAI_HOME must be a folder")


def test_work_cut_short_is_not_reported_as_done(migrated_home: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "estates.csv"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [sys.executable, "-m", cli.__name__, "ingest", "industrial_estates", str(fifo)],
        env=environment(migrated_home),
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: bool(server_processes(migrated_home)))

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 128 + signal.SIGTERM
    assert server_processes(migrated_home) == []


def test_a_run_that_was_killed_is_not_shown_as_running(migrated_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "estates.csv"
    file.write_text(ESTATES, encoding="utf-8")
    fahsai(migrated_home, "ingest", "industrial_estates", str(file))
    with (
        database(Settings(migrated_home), say=lambda _: None) as url,
        closing(psycopg2.connect(url)) as it,
    ):
        it.cursor().execute("UPDATE run SET status = 'running'")
        it.commit()

    status = fahsai(migrated_home, "status", "--json")

    assert json.loads(status.stdout)["sources"]["industrial_estates"]["last_status"] == "failed"


def test_an_account_without_the_rights_is_told_what_it_lacks(fresh_url: str, home: Path) -> None:
    with closing(psycopg2.connect(fresh_url)) as owner, owner.cursor() as cursor:
        owner.autocommit = True
        cursor.execute("CREATE ROLE fahsai_stranger LOGIN")
        try:
            url = make_dsn(fresh_url, user="fahsai_stranger")
            told = fahsai(home, "status", FAHSAI_DATABASE_URL=url)
        finally:
            cursor.execute("DROP ROLE fahsai_stranger")

    assert told.returncode == 1
    assert told.stderr.startswith("Error: the database refused: permission denied")


def test_photos_that_no_complaint_names_are_swept(migrated_home: Path) -> None:
    store = PhotoStore(migrated_home / "photos")
    store.keep([picture()])
    [orphan] = store.root.rglob("*.jpg")
    os.utime(orphan, (0, 0))

    told = fahsai(migrated_home, "photos", "sweep")

    assert "1 files removed, 0 photos kept" in told.stdout
    assert not orphan.exists()
