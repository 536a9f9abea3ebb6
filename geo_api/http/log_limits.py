"""What a worker writes to its log: lines of so many characters, and so many of them a minute.

What fails for one who asks fails for all who ask the same: without limits a minute of that is a
gigabyte of tracebacks, and the disk is the database's too.
"""

import logging
import time

MAX_CHARS = 4_000
MOST_A_MINUTE = 60
_MINUTE_S = 60


def cut(text: str, most: int = MAX_CHARS) -> str:
    """Less the middle of what is too long: a traceback's end says what happened."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n… {len(text) - most} characters left out …\n{text[-half:]}"


class RateLimited(logging.Filter):
    """Lets the first of each minute through; the next one after says how many it did not."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.monotonic()
        self._seen = 0

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if now - self._began >= _MINUTE_S:
            left_out = self._seen - MOST_A_MINUTE
            if left_out > 0:
                record.msg = f"({left_out} records left out before) {record.msg}"
            self._began, self._seen = now, 0
        self._seen += 1
        return self._seen <= MOST_A_MINUTE
