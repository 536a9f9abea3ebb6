"""Asks live feeds: patient with a struggling server, wary of its answers, keeping a copy."""

import gzip
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import requests

from geo_api.decode import decoded_json, sniff
from layers.model import Ask, Delivery, Request, Source, UnexpectedPayload

ATTEMPTS = 4
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
TIMEOUT_S = (10, 60)
KEPT_PAYLOADS = 200
MOST_PAGES = 500
# Air4Thai refuses requests without one.
USER_AGENT = "fahsai/0.1 (+geospatial monitoring; requests)"


class FeedUnavailable(RuntimeError):
    """A live feed gave no usable answer after every attempt; the message says what it gave."""


def payloads(
    source: Source, ask: Ask, home: Path, sleep: Callable[[float], None] = time.sleep
) -> Iterator[tuple[Path, Delivery]]:
    """The answers of a source's live feed, page after page, each kept under `home`/payloads.

    Raises FeedUnavailable after `ATTEMPTS` failures of one request.
    """
    if source.requests is None:
        raise FeedUnavailable(f"{source.name} has no live feed: name files to read")
    secrets = [ask.settings.get(s.variable, "") for s in source.settings if s.secret]
    folder = home / "payloads" / source.name
    folder.mkdir(parents=True, exist_ok=True)
    with requests.Session() as session:
        session.headers["User-Agent"] = USER_AGENT
        for first in source.requests(ask):
            request: Request | None = first
            for _ in range(MOST_PAGES):
                if request is None:
                    break
                path = _answer(session, source, request, folder, secrets, sleep)
                name = _without(secrets, request.url)
                yield path, Delivery(name, datetime.now(UTC), request.context)
                request = source.more(request, decoded_json(path)) if source.more else None
    _prune(folder)


def _answer(
    session: requests.Session,
    source: Source,
    request: Request,
    folder: Path,
    secrets: list[str],
    sleep: Callable[[float], None],
) -> Path:
    """One request, repeated with doubling pauses (or as long as Retry-After asks)."""
    pause = FIRST_PAUSE_S
    problem = ""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _download(session, source, request, folder)
        except (requests.RequestException, UnexpectedPayload) as failure:
            problem = _without(secrets, str(failure))
            asked = _retry_after(failure)
            if _hopeless(failure):
                break
        if attempt < ATTEMPTS:
            sleep(min(asked or pause, LONGEST_PAUSE_S))
            pause *= 2
    url = _without(secrets, request.url)
    raise FeedUnavailable(f"{url} gave no usable answer in {attempt} attempts: {problem}")


def _download(session: requests.Session, source: Source, request: Request, folder: Path) -> Path:
    """Streams the body to a file; a body shorter than promised or of the wrong kind is an error."""
    partial = folder / ".partial"
    with session.get(
        request.url,
        params=dict(request.params),
        headers=dict(request.headers),
        stream=True,
        timeout=TIMEOUT_S,
    ) as response:
        response.raise_for_status()
        digest = hashlib.sha256()
        with gzip.open(partial, "wb") as kept:
            for chunk in response.iter_content(1 << 16):
                digest.update(chunk)
                kept.write(chunk)
    kinds = {format.kind for format in source.formats}
    if sniff(partial) not in kinds:
        raise UnexpectedPayload(f"the answer is not {' or '.join(sorted(kinds))}")
    if sniff(partial) == "json":
        decoded_json(partial)  # a body cut off inside is asked for again
    now = datetime.now(UTC)
    path = folder / f"{now:%Y%m%dT%H%M%S%fZ}-{digest.hexdigest()[:12]}.gz"
    shutil.move(partial, path)
    return path


def _hopeless(failure: Exception) -> bool:
    """A refusal that asking again cannot change: 4xx, save time-outs and "too many requests"."""
    response = getattr(failure, "response", None)
    if response is None:
        return False
    return 400 <= response.status_code < 500 and response.status_code not in (408, 425, 429)


def _retry_after(failure: Exception) -> float | None:
    response = getattr(failure, "response", None)
    header = "" if response is None else response.headers.get("Retry-After", "")
    return float(header) if header.isdecimal() else None


def _without(secrets: list[str], text: str) -> str:
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return text


def _prune(folder: Path) -> None:
    for old in sorted(folder.glob("*.gz"))[:-KEPT_PAYLOADS]:
        old.unlink()
