"""What is answered to calls of Open311, as JSON has it; and the same as XML.

Names and their order are those of GeoReport v2 (wiki.open311.org/GeoReport_v2).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from geo_api.complaints.open311 import CLOSED, OPEN, ServiceRequest
from layers.casework.services import GROUP, SERVICES, Attribute, Service
from layers.casework.states import STATES
from layers.model import Text
from layers.times import THAI_TIME

Json = dict[str, Any]

XML, JSON = "xml", "json"
MEDIA_TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# When the list of services last changed, and when this endpoint did.
CHANGED_AT = "2026-11-29T00:00:00+07:00"
# The element of each entry of a list, by the element around them.
_ENTRIES = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
# What no XML 1.0 may hold, not even escaped (section 2.2).
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_NO_PROVINCE = Text("กรมโรงงานอุตสาหกรรม", "Department of Industrial Works")


def written(root: str, content: Any, format: str) -> bytes:
    """The content in one of the two formats; `root` is the outermost element of XML."""
    content = _plain(content)
    if format == JSON:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    document: bytes = ElementTree.tostring(
        _element(root, content), encoding="utf-8", xml_declaration=True, short_empty_elements=True
    )
    return document


def discovery(base_url: str, key_service: str) -> Json:
    """Where the endpoint is, for `/discovery`; `base_url` without a slash at its end."""
    return {
        "changeset": CHANGED_AT,
        "contact": f"{base_url}/about",
        "key_service": key_service,
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{base_url}/open311/v2",
                "changeset": CHANGED_AT,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


def services(language: str) -> list[Json]:
    """What can be reported."""
    return [
        {
            "service_code": one.code,
            "service_name": one.name[language],
            "description": one.description[language],
            "metadata": bool(one.attributes),
            "type": "realtime",
            "keywords": ",".join(one.keywords),
            "group": GROUP[language],
        }
        for one in SERVICES.values()
    ]


def definition(service: Service, language: str) -> Json:
    """What is asked beside the place."""
    asked = enumerate(service.attributes, 1)
    return {
        "service_code": service.code,
        "attributes": [_attribute(number, one, language) for number, one in asked],
    }


def received(number: str, notice: str) -> list[Json]:
    """The number of what was posted. Every request has one at once, and so no token."""
    return [{"service_request_id": number, "service_notice": notice, "account_id": None}]


def token(number: str) -> list[Json]:
    """The request of a token, which is its number: no other was ever given."""
    return [{"service_request_id": number, "token": number}]


def requests(found: Iterable[ServiceRequest], language: str, extensions: bool) -> list[Json]:
    """Requests with what is known of them to who asks; `extensions` adds what GeoReport has not."""
    return [
        _request(one, language) | ({"extended_attributes": _extended(one)} if extensions else {})
        for one in found
    ]


def errors(code: int, descriptions: Sequence[str]) -> list[Json]:
    """What is wrong."""
    return [{"code": code, "description": one} for one in descriptions]


def _attribute(number: int, attribute: Attribute, language: str) -> Json:
    told: Json = {
        "variable": True,
        "code": attribute.code,
        "datatype": attribute.datatype,
        "required": False,
        "datatype_description": attribute.hint and attribute.hint[language],
        "order": number,
        "description": attribute.description[language],
    }
    if attribute.values is not None:
        choices = attribute.values.items()
        told["values"] = [{"key": key, "name": name[language]} for key, name in choices]
    return told


def _request(one: ServiceRequest, language: str) -> Json:
    notes = STATES.get(one.state)
    return {
        "service_request_id": one.number,
        "status": CLOSED if one.is_closed else OPEN,
        "status_notes": notes and notes[language],
        "service_name": SERVICES[one.service_code].name[language],
        "service_code": one.service_code,
        "description": one.description,
        "agency_responsible": _agency(one, language),
        "service_notice": None,
        "requested_datetime": _time(one.requested_at),
        "updated_datetime": _time(one.updated_at),
        "expected_datetime": None,
        "address": one.address,
        "address_id": None,
        "zipcode": None,
        "lat": one.lat,
        "long": one.lon,
        "media_url": one.media_url,
    }


def _extended(one: ServiceRequest) -> Json:
    return {
        "state": one.state,
        "happened_datetime": one.happened_at and _time(one.happened_at),
        "strength": one.strength,
    }


def _agency(one: ServiceRequest, language: str) -> str | None:
    """The industry office of the province; Bangkok has none of its own."""
    if one.province is None:
        return None
    if one.province.en == "Bangkok":
        return _OF_NO_PROVINCE[language]
    thai, english = one.province.th, one.province.en
    return Text(f"สำนักงานอุตสาหกรรมจังหวัด{thai}", f"{english} Provincial Industry Office")[language]


def _time(moment: datetime) -> str:
    return moment.astimezone(THAI_TIME).isoformat(timespec="seconds")


def _plain(value: Any) -> Any:
    """The same with lines that end alike, and without characters that one of the formats lacks."""
    if isinstance(value, str):
        return _NOT_XML.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def _element(name: str, value: Any) -> ElementTree.Element:
    made = ElementTree.Element(name)
    if isinstance(value, Mapping):
        made.extend(_element(inner, one) for inner, one in value.items())
    elif isinstance(value, list):
        made.extend(_element(_ENTRIES[name], one) for one in value)
    elif value is not None:
        made.text = value if isinstance(value, str) else json.dumps(value)
    return made
