"""Calls of Open311 as OpenAPI 3.0 describes them: the shapes of GeoReport v2."""

from collections.abc import Mapping
from typing import Any

from geo_api.complaints.open311_form import FIELDS, MOST_DESCRIPTION
from geo_api.http.open311.documents import MEDIA_TYPES, XML
from geo_api.http.open311.parameters import COMMON, FORM, KEY
from geo_api.http.openapi_schemas import Schema, list_of, object_of, ref
from layers.casework.services import SERVICES, SOME_OF

Json = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
_NUMBER_OR_NULL: Schema = {"type": "number", "nullable": True}
_TIME: Schema = {"type": "string", "format": "date-time"}
_TIME_OR_NULL: Schema = {**_TIME, "nullable": True}
_ALL = {"additionalProperties": False}

_ATTRIBUTE = object_of(
    "variable code datatype required datatype_description order description",
    variable={"type": "boolean"},
    code=_TEXT,
    datatype={
        "type": "string",
        "enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"],
    },
    required={"type": "boolean"},
    datatype_description=_TEXT_OR_NULL,
    order={"type": "integer", "minimum": 1},
    description=_TEXT,
    values=list_of(object_of("key name", key=_TEXT, name=_TEXT)),
)
_REQUEST = object_of(
    "service_request_id status status_notes service_name service_code description"
    " agency_responsible service_notice requested_datetime updated_datetime expected_datetime"
    " address address_id zipcode lat long media_url",
    service_request_id=_TEXT,
    status={"type": "string", "enum": ["open", "closed"]},
    **dict.fromkeys(("status_notes", "service_name"), _TEXT_OR_NULL),
    service_code=_TEXT,
    **dict.fromkeys(("description", "agency_responsible", "service_notice"), _TEXT_OR_NULL),
    requested_datetime=_TIME,
    **dict.fromkeys(("updated_datetime", "expected_datetime"), _TIME_OR_NULL),
    **dict.fromkeys(("address", "address_id", "zipcode"), _TEXT_OR_NULL),
    **dict.fromkeys(("lat", "long"), _NUMBER_OR_NULL),
    media_url=_TEXT_OR_NULL,
    extended_attributes=object_of(
        "state happened_datetime strength",
        state=_TEXT,
        happened_datetime=_TIME_OR_NULL,
        strength={"type": "integer", "nullable": True},
    ),
)

# Either way of sending the key; a form may have it too.
SECURITY_SCHEMES: Mapping[str, Json] = {
    "bearerKey": {"type": "http", "scheme": "bearer"},
    "queryKey": {"type": "apiKey", "in": "query", "name": "api_key"},
}

OPEN311_SCHEMAS: Mapping[str, Schema] = {
    "open311Discovery": object_of(
        "changeset contact key_service endpoints",
        **dict.fromkeys(("changeset", "contact", "key_service"), _TEXT),
        endpoints=list_of(
            object_of(
                "specification url changeset type formats",
                **dict.fromkeys(("specification", "url", "changeset"), _TEXT),
                type={"type": "string", "enum": ["production", "test"]},
                formats=list_of(_TEXT),
            )
        ),
    ),
    "open311Services": list_of(
        object_of(
            "service_code service_name description metadata type keywords group",
            **dict.fromkeys(("service_code", "service_name", "description"), _TEXT),
            metadata={"type": "boolean"},
            type={"type": "string", "enum": ["realtime", "batch", "blackbox"]},
            **dict.fromkeys(("keywords", "group"), _TEXT),
        )
        | _ALL
    ),
    "open311Definition": object_of(
        "service_code attributes", service_code=_TEXT, attributes=list_of(_ATTRIBUTE | _ALL)
    ),
    "open311Received": list_of(
        object_of(
            "service_request_id service_notice account_id",
            **dict.fromkeys(("service_request_id", "service_notice"), _TEXT),
            account_id=_TEXT_OR_NULL,
        )
        | _ALL
    ),
    "open311Token": list_of(
        object_of("service_request_id token", service_request_id=_TEXT, token=_TEXT) | _ALL
    ),
    "open311Requests": list_of(_REQUEST | _ALL),
    "open311Errors": list_of(
        object_of("code description", code={"type": "integer"}, description=_TEXT) | _ALL,
        minItems=1,
    ),
}


def responses(format: str, schema: str) -> dict[int | str, Json]:
    """What a call answers in the format: the shape of that name, or an array of errors."""
    told: dict[int | str, Json] = {200: {"content": _content(format, ref(schema))}}
    for status, description in _REFUSALS.items():
        told[status] = {"description": description, "content": _content(format, _ERRORS)}
    return told


def _content(format: str, schema: Schema) -> Json:
    bare = MEDIA_TYPES[format].partition(";")[0]
    return {bare: {"schema": {"type": "string"} if format == XML else schema}}


_ERRORS = ref("open311Errors")
_REFUSALS: Mapping[int | str, str] = {
    400: "An argument is unknown or cannot be used as given",
    403: "The API key is missing, unknown, ended, or has not the scope that is needed",
    404: "There is no such service, request or jurisdiction, or it is not for who asks",
    503: "The data cannot be read now, or too many ask; ask again later",
    "default": "What is wrong",
}


def form() -> Json:
    """The body of what is posted, for `openapi_extra`."""
    fields: dict[str, Schema] = {name: dict(schema) for name, (_, schema) in _EVERYWHERE.items()}
    fields |= dict.fromkeys(FIELDS, _TEXT)
    fields["service_code"] = {"type": "string", "enum": list(SERVICES)}
    fields["description"] = {"type": "string", "maxLength": MOST_DESCRIPTION}
    fields["lat"] = {"type": "number", "minimum": 5.5, "maximum": 20.5}
    fields["long"] = {"type": "number", "minimum": 97.5, "maximum": 105.5}
    for service in SERVICES.values():
        for attribute in service.attributes:
            schema: Schema = {"type": "string", "maxLength": 200}
            if attribute.values is not None:
                schema = {"type": "string", "enum": list(attribute.values)}
            if attribute.datatype == SOME_OF:
                fields[f"attribute[{attribute.code}][]"] = list_of(schema)
            else:
                fields[f"attribute[{attribute.code}]"] = schema
    described = {"type": "object", "required": ["service_code"], "properties": fields} | _ALL
    return {
        "requestBody": {"required": True, "content": {FORM: {"schema": described}}},
        "security": [{name: []} for name in SECURITY_SCHEMES],
    }


_EVERYWHERE = {**COMMON, **KEY}
