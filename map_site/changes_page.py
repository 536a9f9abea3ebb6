"""What a layer shows otherwise than at a former time, as a table: how each feature changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from layers.times import THAI_TIME
from map_site import feature_table
from map_site.value_text import instant

Json = Mapping[str, Any]

KINDS = ("added", "removed", "changed")
_GEOMETRY = "geometry"
# Of what came or went, so many properties tell what it was.
_TELLING = 3
# What an address of the page asks beside its filters.
_OF_THE_PAGE = ("since", "until", "cursor", "limit", "f", "lang")


@dataclass(frozen=True)
class Difference:
    """A property of a feature in words, or without a title the place of a point; of one that came
    or went, the value that it has or had as `after` alone."""

    title: str
    unit: str | None
    before: str
    after: str

    @property
    def is_redrawn(self) -> bool:
        """Whether it is an outline, which has no words."""
        return not (self.title or self.before or self.after)


@dataclass(frozen=True)
class Row:
    """A feature that is no longer as it was; `href` leads to it as it was last."""

    id: str
    kind: str
    href: str
    differences: list[Difference]


def view(document: Json, collection: Json, language: str, address: str) -> dict[str, Any]:
    """What the template names, of a document of changes."""
    query = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    until = query.get("until", "")
    if not document.get("tooEarly"):
        query["since"] = document["since"]["asOf"]
        until = until and document["until"]["asOf"]
    return {
        "rows": [_row(one, document, collection, language) for one in document["changes"]],
        "kinds": KINDS,
        "short_id": feature_table.short_id,
        "began": _for_input(document["historyBegins"]),
        "since": _for_input(query.get("since", "")),
        "until": _for_input(until),
        "kept": {name: text for name, text in query.items() if name not in _OF_THE_PAGE},
    }


def to_query(given: Mapping[str, str]) -> dict[str, str]:
    """The query that the form's fields mean, whose times are Thailand's and say no zone. Raises
    ValueError for what is no time."""
    times = {name: given[name] for name in ("since", "until") if given.get(name)}
    asked = {name: text for name, text in given.items() if name not in ("since", "until", "lang")}
    return asked | {
        name: datetime.fromisoformat(text).replace(tzinfo=THAI_TIME).isoformat()
        for name, text in times.items()
    }


def _row(change: Json, document: Json, collection: Json, language: str) -> Row:
    kind, id = str(change["change"]), str(change["id"])
    of = "since" if kind == "removed" else "until"
    href = feature_table.item_address(collection["id"], id, language)
    told = _told_of_both if kind == "changed" else _told_of_one
    return Row(
        id,
        kind,
        f"{href}&as_of={document[of]['dataVersion']}",
        list(told(change, collection, language)),
    )


def _told_of_both(change: Json, collection: Json, language: str) -> Iterable[Difference]:
    before, after = change["before"], change["after"]
    columns = {
        column.name: column
        for column in feature_table.columns(collection, (before, after), language)
    }
    for name in change["fields"]:
        if name == _GEOMETRY:
            yield Difference(
                "", None, feature_table.place(before) or "", feature_table.place(after) or ""
            )
        elif column := columns.get(name):
            texts = (feature_table.cell(one, column, language) for one in (before, after))
            yield Difference(column.title, column.unit, *texts)


def _told_of_one(change: Json, collection: Json, language: str) -> Iterable[Difference]:
    feature = change.get("after") or change["before"]
    for column in feature_table.columns(collection, (feature,), language)[:_TELLING]:
        text = feature_table.cell(feature, column, language)
        yield Difference(column.title, column.unit, "", text)


def _for_input(time: str) -> str:
    """As a field of a form has a minute of Thailand: the first that is not before the time. Of a
    version of the data there is none."""
    try:
        at = instant(time)
    except ValueError:
        return ""
    minute = at.astimezone(THAI_TIME).replace(second=0, microsecond=0, tzinfo=None)
    return (minute + timedelta(minutes=bool(at.second or at.microsecond))).isoformat("T", "minutes")
