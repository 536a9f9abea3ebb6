"""Events as an Atom feed (RFC 4287): pure, and the same bytes for the same events."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from layers.alerts.messages import Line
from layers.model import Text

MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"
_AUTHOR = "ฟ้าใส Fahsai"
# When ids began: a tag URI (RFC 4151) names a day on which the domain was ours.
_SINCE = "2026-11-30"
# What XML 1.0 cannot hold, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROWS = (
    ("why", Text("เพราะ", "Why")),
    ("place", Text("ที่", "Where")),
    ("source", Text("แหล่งข้อมูล", "Source")),
    ("caveat", Text("ข้อจำกัด", "Mind")),
)
_OBSERVED = Text("เวลาข้อมูล", "Observed")
_SIMULATED = Text("ข้อมูลจำลอง ไม่ใช่เหตุจริง", "Simulated data: nothing of this happened")


@dataclass(frozen=True)
class Entry:
    """An event, and when it was found (UTC)."""

    line: Line
    at: datetime


@dataclass(frozen=True)
class Feed:
    """`name` is the same as long as the feed is; it began at `since` (UTC), which tells when an
    empty one was new. Of several subscriptions to one event the first entry counts."""

    name: str
    title: Text
    home: str
    self_url: str
    page_url: str
    since: datetime
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    """UTF-8, the newest first, and no more than MOST_ENTRIES."""
    domain = urlsplit(feed.home).hostname or "localhost"
    events = {one.line.event: one for one in reversed(feed.entries)}
    newest = sorted(events.values(), key=lambda one: (one.at, one.line.event), reverse=True)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "th"})
    # A name may be all that opens the feed: who is shown an id is not shown it.
    named = hashlib.sha256(feed.name.encode()).hexdigest()[:32]
    _put(root, "id", f"tag:{domain},{_SINCE}:alerts/feed/{named}")
    _put(root, "title", _both(feed.title))
    _put(root, "updated", _time(max([feed.since, *(one.at for one in newest)])))
    _put(_put(root, "author"), "name", _AUTHOR)
    _put(root, "link", rel="self", type=MEDIA_TYPE, href=feed.self_url)
    _put(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    _put(root, "generator", "Fahsai", uri=feed.home)
    for one in newest[:MOST_ENTRIES]:
        _entry(root, one, domain)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def etag(body: bytes) -> str:
    """A strong one: of other bytes another."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _entry(root: ET.Element, entry: Entry, domain: str) -> None:
    line = entry.line
    made = _put(root, "entry")
    marked = f"[{_SIMULATED.th}] " if line.simulated else ""
    _put(made, "id", f"tag:{domain},{_SINCE}:alerts/event/{line.event}")
    _put(made, "title", f"{marked}{line.said.th} · {line.place.th}")
    _put(made, "updated", _time(entry.at))
    _put(made, "published", _time(entry.at))
    _put(made, "link", rel="alternate", type="text/html", href=line.map_url)
    _put(made, "category", term=line.rule)
    _put(made, "content", _said(line), type="text")


def _said(line: Line) -> str:
    rows = [_both(_SIMULATED)] if line.simulated else []
    rows += [line.said.th, line.said.en]
    for name, word in _ROWS:
        rows.append(f"{_both(word)}: {_both(getattr(line, name))}")
    rows.append(f"{_both(_OBSERVED)}: {_time(line.observed_at)}")
    return "\n".join([*rows, line.map_url])


def _put(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    made.text = None if text is None else _NOT_XML.sub("\ufffd", text)
    return made


def _both(text: Text) -> str:
    return f"{text.th} · {text.en}"


def _time(at: datetime) -> str:
    """RFC 3339, as RFC 4287 asks for."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
