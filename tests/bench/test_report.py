"""The report says what was measured, what was not met, and what could not be measured."""

from pathlib import Path

from bench.__main__ import measured_or_failed
from bench.load import Reading
from bench.plot import write as draw
from bench.report import write
from bench.results import Place, Ratio, Row

PLACE = Place("abc123", "2026-11-21 12:00 UTC", "2 cores", 0.1, {"tipg": "1.6.1"}, "medians")
SLOW = Reading(per_s=50, p50_ms=160, p99_ms=300, bytes=40_000)
FAST = Reading(per_s=300, p50_ms=26, p99_ms=60, bytes=40_000)
MEASURED = Row(
    "box",
    "100 factories in a box",
    {"ours": {8: FAST}, "tipg": {8: SLOW}},
    [Ratio("tipg", 6, 4), Ratio("postgis", 0.6, 0.75)],
    curves={"near": {20_000: 9.0, 2_000_000: 9.5}},
)
FAILED = Row("page", "100 factories", failed="ServerFailed: tipg did not answer")


def lines_of(folder: Path, *rows: Row, place: Place = PLACE) -> str:
    write(folder / "RESULTS.md", place, rows)
    return (folder / "RESULTS.md").read_text(encoding="utf-8")


def test_a_line_has_both_sides_their_ratios_and_whether_they_are_met(tmp_path: Path) -> None:
    assert (
        "| 100 factories in a box | 300 /s | 26.0 / 60.0 ms | 40.0 kB | tipg 50 /s, 160.0 ms | |"
        " 6.00 × tipg<br>0.60 × PostGIS alone | ≥ 4<br>≥ 0.75 | ✓<br>✗ |"
    ) in lines_of(tmp_path, MEASURED).replace("|  |", "| |")


def test_what_failed_says_why(tmp_path: Path) -> None:
    assert "failed: ServerFailed: tipg did not answer" in lines_of(tmp_path, FAILED)


def test_a_workload_that_fails_in_any_way_says_so_and_stops_no_other() -> None:
    def broken() -> Row:
        raise ZeroDivisionError("nobody foresaw this")

    row = measured_or_failed("page", "100 factories", broken)

    assert row == Row("page", "100 factories", failed="ZeroDivisionError: nobody foresaw this")


def test_a_machine_that_was_not_quiet_is_told(tmp_path: Path) -> None:
    noisy = Place("abc123", "2026-11-21", "2 cores", 3.2, {}, "medians")

    assert "was not quiet" in lines_of(tmp_path, MEASURED, place=noisy)
    assert "was not quiet" not in lines_of(tmp_path, MEASURED)


def test_bars_and_curves_make_a_picture(tmp_path: Path) -> None:
    draw(tmp_path / "results.png", [MEASURED, FAILED])

    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")
