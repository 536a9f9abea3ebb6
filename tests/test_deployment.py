"""The units and the container file are sound as far as can be told without running them."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from geo_api.cli import main
from geo_api.settings import documented

ROOT = Path(__file__).resolve().parents[1]
SETUP = ROOT / "setup"
UNITS = sorted(
    path.name for path in SETUP.glob("fahsai*.*") if path.suffix in (".service", ".timer")
)
INSTALLED = "/opt/fahsai/"
CONTAINER = re.sub(r"\\\n\s*", "", (SETUP / "Containerfile").read_text(encoding="utf-8"))


@pytest.fixture
def analyze() -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine")
    return program


def test_systemd_takes_the_units(analyze: str, tmp_path: Path) -> None:
    # It looks for the command and the page that a unit names.
    command = tmp_path / ".venv" / "bin" / "fahsai"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    for name in UNITS:
        text = (SETUP / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(INSTALLED, f"{tmp_path}/"))

    told = subprocess.run(
        [analyze, "verify", "--man=no", *(tmp_path / name for name in UNITS)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert len(UNITS) == 3
    assert (told.returncode, told.stderr) == (0, "")


def test_the_service_may_do_little(analyze: str) -> None:
    for unit in (name for name in UNITS if name.endswith(".service")):
        told = subprocess.run(
            [analyze, "security", "--offline=yes", "--threshold=20", SETUP / unit],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        # systemd's measure of exposure, from 0 to 100: most services have 90 and more.
        assert told.returncode == 0, told.stdout[-200:]


@pytest.mark.parametrize("unit", UNITS)
def test_what_a_unit_names_is_there(unit: str) -> None:
    text = (SETUP / unit).read_text(encoding="utf-8")

    pages = re.findall(rf"{INSTALLED}(docs/\S+)", text)
    commands = re.findall(rf"^ExecStart={INSTALLED}\.venv/bin/fahsai (\S+)", text, re.MULTILINE)
    settings = re.findall(r"^Environment=(\w+)=", text, re.MULTILINE)
    assert [page for page in pages if not (ROOT / page).is_file()] == []
    assert set(commands) <= set(main.commands)
    assert set(settings) <= {setting.variable for setting in documented()}
    if unit.endswith(".service"):
        assert commands
        assert re.findall(r"^User=(.+)", text, re.MULTILINE) == ["fahsai"]


def test_the_pages_need_no_node_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "setup").mkdir()
    for name in ("setup/assets", "setup/vector_tiles.mjs", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "env", "dirname", "cat", "sha256sum", "mkdir", "rm", "cp", "sed"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)

    done = subprocess.run(
        [tmp_path / "setup" / "assets"],
        env={**os.environ, "PATH": str(programs)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "map_site/static/vendor/vector-tiles/vector-tiles.js").stat().st_size > 0


def instructions(name: str) -> list[str]:
    """What follows an instruction of the container file, each time that it stands there."""
    return re.findall(rf"^{name} (.+)", CONTAINER, re.MULTILINE)


def test_the_container_has_all_that_the_service_consists_of() -> None:
    copied = [source for line in instructions("COPY") for source in line.split()[:-1]]
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = packages["tool"]["setuptools"]["packages"]["find"]["include"]

    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert {name.rstrip("*") for name in named} <= set(copied)
    scripts = re.findall(r"\bsetup/\w+", " ".join(instructions("RUN")))
    assert scripts == ["setup/debian", "setup/python", "setup/assets"]
    for script in scripts:
        assert (ROOT / script).stat().st_mode & 0o111


def test_the_container_runs_the_service_as_nobody_of_power_and_keeps_its_home() -> None:
    [user] = instructions("USER")
    [volume] = instructions("VOLUME")
    [environment] = instructions("ENV")
    [command] = instructions("CMD")
    [check] = instructions("HEALTHCHECK")

    assert user not in ("root", "0")
    assert re.search(rf"\buseradd .*\b{user}$", " ".join(instructions("RUN")))
    assert f"FAHSAI_HOME={volume} " in environment
    verb, *options = re.findall(r'"([^"]+)"', command)[1:]
    assert {option.opts[0] for option in main.commands[verb].params} >= set(options)
    assert "http://127.0.0.1:8000/health" in check
    assert instructions("EXPOSE") == ["8000"]
