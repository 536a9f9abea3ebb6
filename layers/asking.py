"""Asks a Fahsai service for JSON, and asks again where the trouble may pass."""

from collections.abc import Callable, Mapping
from typing import Any

import requests

# Too many requests, and what a server or a proxy says of a trouble that may pass.
_PASSING = frozenset({429, 500, 502, 503, 504})
_CUT_OFF = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.JSONDecodeError,
)
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 30.0


class Refused(ValueError):
    """The service will not answer this question; the message is what it says is wrong."""

    def __init__(self, status: int, detail: str, parameter: str | None) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.parameter = parameter


class NoAnswer(RuntimeError):
    """The service gave no whole answer, however often it was asked."""


class _Trouble(Exception):
    """One attempt failed; `wait_s` is how long the service asked us to stay away."""

    def __init__(self, reason: str, wait_s: float = 0) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


class Service:
    """Asks up to `attempts` times, waiting 0.5, 1, 2, … seconds in between, or longer where the
    service says so. `timeout_s` is how long the next bytes of an answer may take."""

    def __init__(self, attempts: int, timeout_s: float, sleep: Callable[[float], None]) -> None:
        self._attempts = attempts
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._session = requests.Session()

    def get(self, url: str, params: Mapping[str, str]) -> Any:
        """The decoded answer. Raises Refused, and NoAnswer after the last attempt."""
        wait_s = _FIRST_WAIT_S
        for attempt in range(1, self._attempts + 1):
            try:
                return self._attempt(url, params)
            except _Trouble as trouble:
                if attempt == self._attempts:
                    raise NoAnswer(
                        f"{url} gave no answer in {attempt} attempts: {trouble}"
                    ) from None
                self._sleep(min(max(wait_s, trouble.wait_s), _LONGEST_WAIT_S))
                wait_s *= 2

    def _attempt(self, url: str, params: Mapping[str, str]) -> Any:
        try:
            answer = self._session.get(url, params=params, timeout=self._timeout_s)
            if answer.ok:
                return answer.json()
        except _CUT_OFF as problem:
            raise _Trouble(str(problem)) from problem
        if answer.status_code not in _PASSING:
            raise _refusal(answer)
        asked_s = answer.headers.get("Retry-After", "")
        raise _Trouble(f"status {answer.status_code}", float(asked_s) if asked_s.isdecimal() else 0)


def _refusal(answer: requests.Response) -> Refused:
    try:
        problem = answer.json()
    except requests.exceptions.JSONDecodeError:
        problem = {}
    detail = problem.get("detail", answer.reason)
    return Refused(answer.status_code, detail, problem.get("parameter"))
