"""Asks live feeds: patient with a struggling server, wary of its answers, storing a copy."""

import gzip
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

import requests

from geo_api.ingest.kept_answers import kept_name
from geo_api.ingest.payloads import decoded_json, feed_kind
from layers.model import Ask, Delivery, Request, Source, UnexpectedPayload

MAX_STORED_PAYLOADS = 200
MAX_PAGES = 500
# Air4Thai refuses requests without one.
USER_AGENT = "fahsai/0.1 (+geospatial monitoring; requests)"


class FeedUnavailable(RuntimeError):
    """A live feed gave no usable answer after every attempt; the message says what it gave."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often a feed is asked, and how long it may take: to connect, between two pieces of the
    answer and for the whole of it. Pauses between attempts double, or are as long as it asks."""

    attempts: int = 4
    first_backoff_s: float = 1
    max_backoff_s: float = 60
    connect_timeout_s: float = 10
    read_timeout_s: float = 60
    total_timeout_s: float = 600
    sleep: Callable[[float], None] = time.sleep


def live_payloads(
    source: Source, ask: Ask, home: Path, policy: RetryPolicy = RetryPolicy()
) -> Iterator[tuple[Path, Delivery]]:
    """The answers of a source's live feed, page after page, each stored under `home`/payloads.

    Raises FeedUnavailable where one request fails in every attempt, and for endless pages.
    """
    if source.requests is None:
        raise FeedUnavailable(f"{source.name} has no live feed: name files to read")
    secrets = [ask.settings.get(s.variable, "") for s in source.settings if s.secret]
    folder = home / "payloads" / source.name
    # Closed to others: answers may hold what people wrote.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with requests.Session() as session:
        session.headers["User-Agent"] = USER_AGENT
        feed = _Feed(source, session, folder, policy, secrets)
        for request in source.requests(ask):
            yield from feed.pages(request)
    for old in sorted(folder.glob("*.gz"))[:-MAX_STORED_PAYLOADS]:
        old.unlink()


@dataclass(frozen=True)
class _Feed:
    """One source's feed during one pull."""

    source: Source
    session: requests.Session
    folder: Path
    policy: RetryPolicy
    secrets: Sequence[str]

    def pages(self, first: Request) -> Iterator[tuple[Path, Delivery]]:
        request: Request | None = first
        name = self._redacted(first.url)
        for _ in range(MAX_PAGES):
            if request is None:
                return
            path, asked = self._answer(request)
            yield path, Delivery(name, datetime.now(UTC), asked.context)
            more = self.source.more
            answer = decoded_json(path) if more else None
            request = more(asked, answer) if more and isinstance(answer, dict) else None
        raise FeedUnavailable(f"{name} has more than {MAX_PAGES} pages: ask for less at once")

    def _answer(self, request: Request) -> tuple[Path, Request]:
        """One request, repeated until it gives an answer or there is no hope; and what was asked
        in the end, which is less where the feed failed under more."""
        policy = self.policy
        if request.pause_s:
            policy.sleep(request.pause_s)
        backoff_s = policy.first_backoff_s
        for attempt in range(1, policy.attempts + 1):
            try:
                return self._download(request), request
            except (requests.RequestException, UnexpectedPayload) as failure:
                problem = self._redacted(str(failure))
                retry_after_s = _retry_after(failure)
                if _is_permanent(failure):
                    break
                if self.source.smaller and not _is_asked_to_wait(failure):
                    request = self.source.smaller(request) or request
            if attempt < policy.attempts:
                policy.sleep(min(retry_after_s or backoff_s, policy.max_backoff_s))
                backoff_s *= 2
        url = self._redacted(request.url)
        raise FeedUnavailable(f"{url} gave no usable answer in {attempt} attempts: {problem}")

    def _download(self, request: Request) -> Path:
        """Keeps the body in a file; one cut off, too slow or of the wrong kind is an error."""
        partial = self.folder / f"answer-{os.getpid()}.partial"
        try:
            digest = self._stream(request, partial)
            self._check(partial)
            return partial.rename(self.folder / kept_name(datetime.now(UTC), digest))
        finally:
            partial.unlink(missing_ok=True)

    def _stream(self, request: Request, into: Path) -> str:
        """Writes the body gzipped; its SHA-256. urllib3 notices one shorter than promised."""
        deadline = time.monotonic() + self.policy.total_timeout_s
        digest = hashlib.sha256()
        with (
            self.session.get(
                request.url,
                params=dict(request.params),
                headers=dict(request.headers),
                stream=True,
                timeout=(self.policy.connect_timeout_s, self.policy.read_timeout_s),
                # A key in a header would travel to wherever the answer points.
                allow_redirects=not self._carries_secret(request.headers),
            ) as response,
            gzip.open(into, "wb") as copy,
        ):
            response.raise_for_status()
            if response.is_redirect:
                raise UnexpectedPayload(f"redirected to {response.headers['Location']}")
            for chunk in response.iter_content(1 << 16):
                digest.update(chunk)
                copy.write(chunk)
                if time.monotonic() > deadline:
                    raise requests.Timeout(f"not whole after {self.policy.total_timeout_s:g} s")
        return digest.hexdigest()

    def _check(self, path: Path) -> None:
        kinds = {format.kind for format in self.source.formats}
        kind = feed_kind(path)
        if kind not in kinds:
            with gzip.open(path) as stream:
                start = stream.read(240).decode(errors="replace")[:80]
            raise UnexpectedPayload(f"the answer is not {' or '.join(sorted(kinds))}: {start!r}")
        if kind == "json":
            decoded_json(path)  # a body cut off inside is asked for again

    def _carries_secret(self, headers: Mapping[str, str]) -> bool:
        return any(secret and secret in v for v in headers.values() for secret in self.secrets)

    def _redacted(self, text: str) -> str:
        """The text without secrets, be they as they are or percent-encoded."""
        for secret in filter(None, self.secrets):
            for written in (secret, quote(secret), quote(secret, safe="")):
                text = text.replace(written, "***")
        return text


def _is_permanent(failure: Exception) -> bool:
    """A refusal that asking again cannot change: 4xx, save time-outs and "too many requests"."""
    response = getattr(failure, "response", None)
    if response is None:
        return False
    return 400 <= response.status_code < 500 and response.status_code not in (408, 425, 429)


def _is_asked_to_wait(failure: Exception) -> bool:
    """A feed that counts questions is not served by smaller ones."""
    response = getattr(failure, "response", None)
    return response is not None and response.status_code == 429


def _retry_after(failure: Exception) -> float | None:
    """Seconds that the feed asks to wait, given as a number or a date; None where it does not."""
    response = getattr(failure, "response", None)
    header = "" if response is None else response.headers.get("Retry-After", "")
    if header.isdecimal():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
