"""Reads JSON: a list of records wherever a document has it, GeoJSON, and one document a line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo_api.ingest.payloads.columns import Columns, Findings, best, require_complete, understood
from geo_api.ingest.payloads.containers import MAX_HELD_BYTES, Member
from geo_api.ingest.payloads.encodings import encoding_of
from geo_api.ingest.payloads.features import Feature, feature_record, in_degrees, usable_formats
from geo_api.ingest.payloads.refusals import GET_AGAIN, Unfitting, described, needed
from geo_api.ingest.payloads.tables import RAW_CHARACTERS, garbled
from layers.model import Format, Record, UnexpectedPayload

_ERROR_WORDS = ("error", "message", "reason", "detail")
_DEEPEST_LIST = 3


def document_records(
    member: Member, formats: Sequence[Format], findings: Findings
) -> Iterator[Record]:
    """Raises Unfitting, before it gives anything, for a document without a list of records that
    are those of one of the formats."""
    document = _decoded(member)
    # A list where the provider has it is of the provider's records.
    declared = [f for f in formats if f.path and _at(document, f.path) is not None]
    formats = declared or formats
    items = _records_of(document, formats)
    features = [_feature(item) for item in items or ()]
    header = list(dict.fromkeys(name for f in features if f for name in f.values))
    if items is None or (items and not header):
        raise _without_records(member.name, document, formats)
    if not header:
        return
    outlined = any(feature.geometry for feature in features if feature)
    columns_of = _columns_of(features, header, usable_formats(formats, outlined), outlined)
    if all(columns.missing for columns in columns_of.values()):
        if items == [document] and not outlined:
            raise _without_records(member.name, document, formats)
        require_complete(best(header, formats, outlined), header, member.name)
    for columns in columns_of.values():
        findings.add_columns(columns.unknown)
    transform = in_degrees(_crs(document), member.name)
    for number, (item, feature) in enumerate(zip(items, features, strict=True), start=1):
        text = json.dumps(item, ensure_ascii=False)
        raw = text[:RAW_CHARACTERS]
        if feature is None:
            yield Record(number, {}, raw, fault=("not a record", "an object is needed"))
            continue
        moved = Feature(feature.values, transform(feature.geometry))
        record = feature_record(number, moved, columns_of[tuple(feature.values)], raw)
        record.garbled = garbled(text)
        yield record


def _columns_of(
    features: Sequence[Feature | None],
    header: Sequence[str],
    formats: Sequence[Format],
    points: bool,
) -> dict[tuple[str, ...], Columns]:
    """The columns of each kind of record that a list holds, by their names: many leave out what
    is null, and some lists hold records of several formats."""
    of_all = best(header, formats, points)
    found: dict[tuple[str, ...], Columns] = {}
    for names in dict.fromkeys(tuple(f.values) for f in features if f):
        own = best(names, formats, points)
        found[names] = own if not own.missing else understood(names, of_all.format, points)
        if not of_all.missing and of_all.format.kind != "json":
            found[names] = replace(found[names], missing=frozenset())
    return found


def decoded_json(path: Path) -> Any:
    """The whole document; raises UnexpectedPayload where it is cut off or not JSON."""
    return _decoded(Member(path.name, path))


def _decoded(member: Member) -> Any:
    """One document, or where every line is one, the list of them."""
    with member.opened(MAX_HELD_BYTES) as stream:
        content = stream.read()
    text = content.decode(encoding_of(content, cut_off=False), "surrogateescape").lstrip("\ufeff")
    try:
        return json.loads(text)
    except RecursionError as problem:
        raise _broken(member.name, str(problem)) from None
    except ValueError as problem:
        # RFC 8142 puts a record separator before each; most write lines alone.
        lines = [line for line in text.replace("\x1e", "\n").splitlines() if line.strip()]
        if len(lines) < 2 and "\x1e" not in text:
            raise _broken(member.name, str(problem)) from None
        try:
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            raise _broken(member.name, str(problem)) from None


def _broken(name: str, problem: str) -> UnexpectedPayload:
    return UnexpectedPayload(
        f"{name} is not whole JSON: {problem}; {GET_AGAIN.en}"
        f" · {name} ไม่ใช่ JSON ที่สมบูรณ์ {GET_AGAIN.th}"
    )


def _records_of(document: Any, formats: Sequence[Format]) -> list[Any] | None:
    """The list that a format declares, or that of which most is known, or one record instead of
    a list; None where there is no such thing. A declared list may be null: it is empty then."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    for format in formats:
        if format.path and (found := _at(document, format.path)) is not None:
            return found
    if columns := _as_columns(document, formats):
        return columns
    lists = [found for found in _lists(document, _DEEPEST_LIST) if isinstance(found[0], dict)]
    if document.get("type") == "Feature" or not lists:
        return [document]
    alone = best(list(document), formats)
    known = {id(found): _known(found, formats) for found in lists}
    nearest = max(lists, key=lambda found: known[id(found)])
    return [document] if alone.recognised > known[id(nearest)] else nearest


def _as_columns(document: Mapping[str, Any], formats: Sequence[Format]) -> list[Any] | None:
    """Records of lists by column, or of objects by column and row, as data frames write them."""
    tables = formats and not best(list(document), formats).missing
    values = [list(v.values()) if isinstance(v, dict) else v for v in document.values()]
    if not tables or not all(isinstance(value, list) for value in values):
        return None
    if len({len(value) for value in values}) != 1:
        return None
    return [dict(zip(document, row, strict=True)) for row in zip(*values, strict=True)]


def _known(items: list[Any], formats: Sequence[Format]) -> int:
    feature = _feature(items[0])
    return len(best(list(feature.values), formats).known) if feature else 0


def _at(document: Any, path: tuple[str, ...]) -> list[Any] | None:
    for step in path:
        if not isinstance(document, dict) or step not in document:
            return None
        document = document[step]
    return [] if document is None else document if isinstance(document, list) else None


def _lists(document: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    """Lists that are not empty, the outer before the inner."""
    yield from (value for value in document.values() if isinstance(value, list) and value)
    if depth > 1:
        for value in document.values():
            if isinstance(value, dict):
                yield from _lists(value, depth - 1)


def _feature(item: Any) -> Feature | None:
    if not isinstance(item, dict):
        return None
    if item.get("type") != "Feature" or ("geometry" not in item and "properties" not in item):
        return Feature(item)
    values = item.get("properties") or {}
    return Feature(values, item.get("geometry")) if isinstance(values, dict) else None


def _crs(document: Any) -> str | None:
    """The system that older GeoJSON names."""
    crs = document.get("crs") if isinstance(document, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _without_records(name: str, document: Any, formats: Sequence[Format]) -> Unfitting:
    """Says an error's own words, for that is what comes instead of records."""
    columns = list(document) if isinstance(document, dict) else []
    found = described(columns, ()) if columns else None
    errors = [
        repr(str(document[word])[:100]) for word in _ERROR_WORDS if columns and word in document
    ]
    said = f"; it says {', '.join(errors)}" if errors else ""
    wanted = needed(formats)
    return Unfitting(
        f"{name} holds no list of records; found: {found.en if found else 'no object'}{said};"
        f" needed: {wanted.en} · {name} ไม่มีรายการข้อมูล พบ{found.th if found else 'ค่าอื่น'}"
        f" ต้องการ{wanted.th}"
    )
