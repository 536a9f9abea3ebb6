"""How a worker writes its log: as text for people, or as a JSON object per line for programs."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from geo_api.http.log_limits import MAX_CHARS, RateLimited, cut
from geo_api.http.request_ids import current_request_id

_MESSAGE_CHARS = MAX_CHARS // 4


class TextLines(logging.Formatter):
    """A line that may go on with a traceback; with the id of the request, if it is of one."""

    def format(self, record: logging.LogRecord) -> str:
        request_id = current_request_id()
        record.__dict__["of_request"] = f" {request_id}" if request_id else ""
        return cut(super().format(record))


class JsonLines(logging.Formatter):
    """One object on one line: time (UTC), level, logger, message, and where there are such,
    request_id and the traceback as `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC)
        told = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": cut(record.getMessage(), _MESSAGE_CHARS),
        }
        if request_id := current_request_id():
            told["request_id"] = request_id
        if record.exc_info:
            traceback = self.formatException(record.exc_info)
            told["exception"] = cut(traceback, MAX_CHARS - _MESSAGE_CHARS)
        return json.dumps(told, ensure_ascii=False)


_FORMATTERS: Mapping[str, Mapping[str, Any]] = {
    "text": {
        "()": TextLines,
        "fmt": "%(asctime)s %(levelname)s %(name)s%(of_request)s: %(message)s",
    },
    "json": {"()": JsonLines},
}


def log_config(lines: str) -> dict[str, Any]:
    """For logging.config: all that is logged goes to standard error, as "text" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _FORMATTERS[lines]},
        "filters": {"rate": {"()": RateLimited}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["rate"]}
        },
        # uvicorn's and asyncio's alike come to it.
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
