"""Reports as JSON, and the shapes of that JSON as OpenAPI 3.0 describes them: both follow from the
dataclasses of `layers/reports`.

Times are ISO 8601 in UTC, days as in 2026-01-31; words have both languages.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from layers.casework.attribution import Attribution
from layers.casework.cases import Case, Queue, Suggestions
from layers.casework.inspections import Checklists, Inspection, Photo, Receipts, Visits
from layers.casework.mills import MillAccount
from layers.casework.performance import Recurrences, StepShares
from layers.casework.work_list import DistrictsWork, WorkList
from layers.jobs import Schedule
from layers.reports import (
    Brief,
    ComplaintsReport,
    FactoryReport,
    KpiYear,
    Listing,
    MindPanel,
    PlaceReport,
    Scorecard,
)
from layers.reports.certification_effect import CertificationEffects
from layers.reports.emissions import EmissionsReport
from layers.reports.method_checks import MethodChecks
from layers.reports.runs import Run

Schema = dict[str, Any]

# OpenAPI 3.0 has no type of null, and a reference has nothing beside it.
_NULL: Schema = {"type": "object", "nullable": True, "enum": [None]}
_ROOTS: Mapping[type, str] = {
    Brief: "brief",
    PlaceReport: "placeReport",
    FactoryReport: "factoryReport",
    Listing: "listing",
    Scorecard: "scorecard",
    KpiYear: "kpiYear",
    CertificationEffects: "certificationEffects",
    MindPanel: "mindPanel",
    ComplaintsReport: "complaintsReport",
    EmissionsReport: "emissionsReport",
    MethodChecks: "methodChecks",
    Queue: "caseQueue",
    Case: "case",
    Suggestions: "caseSuggestions",
    Attribution: "caseAttribution",
    Recurrences: "caseRecurrences",
    StepShares: "caseStepShares",
    MillAccount: "millAccount",
    Checklists: "checklists",
    Visits: "visits",
    Inspection: "inspection",
    Photo: "inspectionPhoto",
    Receipts: "inspectionReceipts",
    WorkList: "workList",
    DistrictsWork: "workListDistricts",
    Schedule: "jobSchedule",
    Run: "run",
}
_SIMPLE: Mapping[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    timedelta: {"type": "number", "description": "Seconds."},
}


def encoded(report: object) -> bytes:
    """A report as the bytes of its JSON."""
    return json.dumps(_value(report), ensure_ascii=False, separators=(",", ":")).encode()


def _value(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _value(getattr(value, name)) for name, _ in _members(type(value))}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    """The fields of a dataclass and what is worked out from them, each with its type."""
    hints = get_type_hints(kind)
    for one in fields(kind):
        yield one.name, hints[one.name]
    for name, told in vars(kind).items():
        if isinstance(told, property) and told.fget:
            yield name, get_type_hints(told.fget)["return"]


def _schemas(kind: type, found: dict[str, Schema]) -> Schema:
    """A reference to a dataclass's schema, which is added to those `found`."""
    name = _ROOTS.get(kind, f"report{kind.__name__}")
    if name not in found:
        found[name] = {}  # found already, where one holds another of its kind
        members = {member: _schema(told, found) for member, told in _members(kind)}
        found[name] = {"type": "object", "properties": members, "required": list(members)}
    return {"$ref": f"#/components/schemas/{name}"}


def _schema(told: Any, found: dict[str, Schema]) -> Schema:
    origin, inner = get_origin(told), get_args(told)
    if origin is UnionType or str(origin) == "typing.Union":
        kinds = [one for one in inner if one is not NoneType]
        made = [_schema(one, found) for one in kinds]
        if NoneType in inner and len(made) == 1 and "$ref" not in made[0]:
            # OpenAPI 3.0.3 has null among the values of an enumeration, or it is not one of them.
            choices = {"enum": [*made[0]["enum"], None]} if "enum" in made[0] else {}
            return made[0] | {"nullable": True} | choices
        return {"anyOf": [*made, *([_NULL] if NoneType in inner else [])]}
    if told is Any:
        return {}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _schema(inner[1], found)}
    if origin is tuple:
        several = {json.dumps(_schema(one, found)): one for one in inner if one is not Ellipsis}
        items = [json.loads(text) for text in several]
        one = items[0] if len(items) == 1 else {"anyOf": items} if items else {}
        return {"type": "array", "items": one}
    if isinstance(told, type) and issubclass(told, StrEnum):
        return {"type": "string", "enum": [str(one) for one in told]}
    return dict(_SIMPLE[told]) if told in _SIMPLE else _schemas(told, found)


def _all() -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for kind in _ROOTS:
        _schemas(kind, found)
    return found


# By name, as `factoryReport`; what they hold as `reportMeasure`.
REPORT_SCHEMAS: Mapping[str, Schema] = _all()
