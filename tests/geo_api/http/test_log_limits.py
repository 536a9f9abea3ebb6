"""The log is bounded: in the length of what is written, and in how much of it."""

import io
import logging

import pytest

from geo_api.http import log_limits
from geo_api.http.log_limits import MAX_CHARS, MOST_A_MINUTE, RateLimited
from geo_api.http.log_lines import TextLines


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(written: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(written)
    handler.setFormatter(TextLines())
    handler.addFilter(RateLimited())
    made = logging.Logger("test")
    made.addHandler(handler)
    return made


def test_a_line_is_cut_in_its_middle(logger: logging.Logger, written: io.StringIO) -> None:
    logger.error("begin %s end", "x" * 100_000)

    assert len(written.getvalue()) < MAX_CHARS + 100
    assert written.getvalue().startswith("begin")
    assert written.getvalue().endswith("end\n")


def test_no_more_than_so_many_are_written_and_the_rest_is_counted(
    logger: logging.Logger, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10_000):
        logger.error("again")
    assert written.getvalue().count("again") == MOST_A_MINUTE

    monkeypatch.setattr(log_limits, "_MINUTE_S", 0)
    logger.error("later")

    assert written.getvalue().endswith(
        f"({10_000 - MOST_A_MINUTE} records left out before) later\n"
    )
