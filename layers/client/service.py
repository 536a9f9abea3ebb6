"""Asks a Fahsai service, and asks again where the trouble may pass."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import requests
import urllib3

# Too many requests, and what a server or a proxy says of a trouble that may pass.
_PASSING = frozenset({429, 500, 502, 503, 504})
_T = TypeVar("_T")


class Stream(Protocol):
    """Bytes as they come."""

    def read(self, size: int, /) -> bytes:
        """The next ones, `size` at most; none at the end."""
        ...


class CutOff(ValueError):
    """A stream ended before what it carries did."""


_CUT_OFF = (
    CutOff,
    urllib3.exceptions.HTTPError,
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
        """The decoded JSON. Raises Refused, and NoAnswer after the last attempt."""
        return self._ask(url, params, lambda answer: answer.json())

    def read(self, url: str, params: Mapping[str, str], take: Callable[[Stream], _T]) -> _T:
        """What `take` makes of the answer's bytes as they come; it begins anew with each attempt,
        and raises CutOff where they end too early. Raises as `get`."""
        return self._ask(url, params, lambda answer: take(answer.raw))

    def content(self, url: str, params: Mapping[str, str]) -> bytes:
        """The answer's bytes. Raises as `get`."""
        return self._ask(url, params, lambda answer: answer.content)

    def post(self, url: str, body: Mapping[str, Any]) -> Any:
        """The decoded JSON of the answer to JSON that may be sent twice. Raises as `get`."""
        return self._ask(url, {}, lambda answer: answer.json(), body)

    def _ask(
        self,
        url: str,
        params: Mapping[str, str],
        take: Callable[[requests.Response], _T],
        body: Mapping[str, Any] | None = None,
    ) -> _T:
        wait_s = _FIRST_WAIT_S
        attempt = 1
        while True:
            try:
                return self._attempt(url, params, take, body)
            except _Trouble as trouble:
                if attempt >= self._attempts:
                    raise NoAnswer(
                        f"{url} gave no answer in {attempt} attempts: {trouble}."
                        " Is the service running, and are you on its network? Another one is named"
                        " in Client(base_url)"
                    ) from None
                self._sleep(min(max(wait_s, trouble.wait_s), _LONGEST_WAIT_S))
            attempt, wait_s = attempt + 1, wait_s * 2

    def _attempt(
        self,
        url: str,
        params: Mapping[str, str],
        take: Callable[[requests.Response], _T],
        body: Mapping[str, Any] | None,
    ) -> _T:
        method = "GET" if body is None else "POST"
        try:
            with self._session.request(
                method, url, params=params, json=body, timeout=self._timeout_s, stream=True
            ) as answer:
                if answer.ok:
                    return take(answer)
                answer.content  # noqa: B018  what it says of the trouble comes with it
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
