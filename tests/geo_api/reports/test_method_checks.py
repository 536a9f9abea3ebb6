"""The checks of the methods as a server computes them: once, shared, and honest when they fail."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo_api.reports.method_checks import LiveChecks
from layers.model import Text

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
ONE = {
    "method": "wind",
    "name": "direction",
    "th": "ทิศ",
    "en": "Direction",
    "given": "u = v",
    "expected": 45.0,
    "tolerance": 0.0,
    "unit": "°",
    "source": "ECMWF",
    "got": 44.0,
    "passed": False,
    "seconds": 0.1,
    "error": None,
}


@pytest.fixture
def program(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that counts how often it was run, and writes what its file `answer` says."""
    folder = home / "programs"
    folder.mkdir()
    (folder / "counted_checks.py").write_text(
        "import pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "with (here / 'runs').open('a') as runs: runs.write('.')\n"
        "sys.stdout.write((here / 'answer').read_text())\n"
        "sys.exit(1)\n"
    )
    (folder / "answer").write_text(json.dumps([ONE]))
    monkeypatch.setattr("geo_api.reports.method_checks._ROOT", folder)
    return folder


def live(home: Path, program: bytes = b"one") -> LiveChecks:
    return LiveChecks(home / "kept", program, lambda: NOON, ("counted_checks",))


def runs(program: Path) -> int:
    return len((program / "runs").read_text())


def test_what_was_computed_is_told_and_a_failed_check_is_an_answer(
    home: Path, program: Path
) -> None:
    found = live(home)()

    [one] = found.checks
    assert (one.what, one.got, one.passed) == (Text("ทิศ", "Direction"), 44.0, False)
    assert (found.passed, found.failed, found.failure, found.computed_at) == (0, 1, None, NOON)


def test_it_is_computed_once_for_all_workers_and_anew_for_another_program(
    home: Path, program: Path
) -> None:
    worker, other = live(home), live(home)

    first, again, elsewhere = worker(), worker(), other()
    counted = runs(program)
    newer = live(home, b"two")()

    assert first == again == elsewhere and counted == 1
    assert runs(program) == 2 and newer.program != first.program


@pytest.mark.parametrize("answer", ["", "Traceback", '[{"method": "wind"}]'])
def test_what_cannot_be_read_is_a_failure_and_is_tried_again(
    home: Path, program: Path, answer: str
) -> None:
    (program / "answer").write_text(answer)
    checks = live(home)

    failed = checks()
    (program / "answer").write_text(json.dumps([ONE]))
    mended = checks()

    assert failed.failure and (failed.checks, failed.passed) == ((), 0)
    assert mended.failure is None and len(mended.checks) == 1


def test_a_kept_file_that_was_cut_off_is_made_anew(home: Path, program: Path) -> None:
    live(home)()
    [kept] = (home / "kept").iterdir()
    kept.write_text(kept.read_text()[:40])

    assert len(live(home)().checks) == 1 and runs(program) == 2


def test_its_process_sees_no_secret(
    home: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAHSAI_SECRET", "told to nobody")
    (program / "counted_checks.py").write_text(
        "import json, os, sys\n"
        f"json.dump([dict({ONE!r}, source=' '.join(os.environ))], sys.stdout)\n"
    )

    [one] = live(home)().checks

    assert "FAHSAI_SECRET" not in one.source and "PYTHONPATH" in one.source
