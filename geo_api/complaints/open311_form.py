"""A request of Open311 as it is posted, read into a complaint; what is empty counts as left out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from layers.casework.intake import OPEN311, Contact, NewComplaint, Position
from layers.casework.services import (
    DATETIME,
    HAPPENED_AT,
    ONE_OF,
    SERVICES,
    SOME_OF,
    STRENGTH,
    Attribute,
    Service,
)
from layers.cleaning.addresses import province_named
from layers.query import BadQuery
from layers.query.moments import instant_of

FIELDS = (
    *("service_code", "lat", "long", "address_string", "address_id", "description"),
    *("email", "first_name", "last_name", "phone", "device_id", "account_id", "media_url"),
)
# What is wrong with a complaint is said of the field by which it came.
FIELD_OF: Mapping[str, str] = {
    "category": "service_code",
    "place": "lat",
    "address": "address_string",
    "province": "address_string",
    "words": "description",
    "name": "first_name",
    "telephone": "phone",
    "mail": "email",
    "contact": "email",
    "strength": "attribute[strength]",
    "happened_at": "attribute[happened_at]",
}
MOST_DESCRIPTION = 4_000
_MOST_TEXT = 200
_MOST_URL = 2_000
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]*)\](\[\])?")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True)
class _Form:
    """Fields by name, and answers to the questions of a service by code."""

    fields: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]]


def is_field(name: str) -> bool:
    """Whether a form may have a field of that name."""
    return name in FIELDS or _ATTRIBUTE.fullmatch(name) is not None


def new_complaint(given: Iterable[tuple[str, str]]) -> NewComplaint:
    """What was posted, of which names may recur. Raises BadQuery."""
    form = _read(given)
    service = _service(form.fields)
    answers = {code: _answer(service, code, given) for code, given in form.answers.items()}
    address = form.fields.get("address_string", "")
    strength = answers.get(STRENGTH.code)
    happened_at = answers.get(HAPPENED_AT.code)
    return NewComplaint(
        channel=OPEN311,
        category=service.code,
        words=_words(form.fields.get("description", ""), service, answers),
        position=_position(form.fields),
        address=address,
        province_code=province_named(address),
        happened_at=instant_of(_name(HAPPENED_AT.code), happened_at[0]) if happened_at else None,
        strength=int(strength[0]) if strength else None,
        contact=_contact(form.fields),
        further=_further(form.fields),
    )


def _read(given: Iterable[tuple[str, str]]) -> _Form:
    fields: dict[str, str] = {}
    answers: dict[str, list[str]] = {}
    for name, value in given:
        if not value.strip():
            continue
        attribute = _ATTRIBUTE.fullmatch(name)
        if attribute is None:
            if name in fields:
                raise BadQuery(name, f"{name} is given twice; give it once")
            fields[name] = value
        else:
            found = answers.setdefault(attribute[1], [])
            if found and not attribute[2]:
                told = f"{name} is given twice; more than one value is {_name(attribute[1])}[]"
                raise BadQuery(name, told)
            found.append(value)
    return _Form(fields, {code: tuple(found) for code, found in answers.items()})


def _service(fields: Mapping[str, str]) -> Service:
    code = fields.get("service_code")
    if code is None:
        raise BadQuery("service_code", "service_code is missing: give one of the list of services")
    if code not in SERVICES:
        raise BadQuery("service_code", f"no service {code!r}; there are: {', '.join(SERVICES)}")
    return SERVICES[code]


def _position(fields: Mapping[str, str]) -> Position | None:
    """None where an address is all that is told."""
    found = [name for name in ("lat", "long") if name in fields]
    if len(found) == 1:
        missing = "long" if found == ["lat"] else "lat"
        raise BadQuery(missing, f"{missing} is missing: lat and long are given together")
    if not found:
        if "address_string" not in fields:
            # There is no register of addresses here whose ids could be looked up.
            told = "the place is missing: give lat and long, or address_string"
            raise BadQuery("address_id" if "address_id" in fields else "lat", told)
        return None
    return Position(_degrees(fields, "long", 180), _degrees(fields, "lat", 90))


def _degrees(fields: Mapping[str, str], name: str, most: int) -> float:
    text = fields[name].strip()
    if not _NUMBER.fullmatch(text) or abs(float(text)) > most:
        raise BadQuery(name, f"{name} must be degrees from -{most} to {most}, got {text!r}")
    return float(text)


def _answer(service: Service, code: str, given: tuple[str, ...]) -> tuple[str, ...]:
    attribute = next((one for one in service.attributes if one.code == code), None)
    if attribute is None:
        known = ", ".join(one.code for one in service.attributes)
        raise BadQuery(_name(code), f"{service.code} has no attribute {code!r}; there are: {known}")
    if len(given) > 1 and attribute.datatype != SOME_OF:
        raise BadQuery(_name(code), f"{_name(code)} takes one value, got {len(given)}")
    for value in given:
        _refuse(attribute, value)
    return tuple(dict.fromkeys(given))


def _refuse(attribute: Attribute, value: str) -> None:
    name = _name(attribute.code)
    if attribute.datatype in (ONE_OF, SOME_OF) and value not in (attribute.values or {}):
        raise BadQuery(name, f"{name} takes {', '.join(attribute.values or {})}, got {value!r}")
    if attribute.datatype == DATETIME:
        instant_of(name, value)
    elif len(value) > _MOST_TEXT:
        raise BadQuery(name, f"{name} takes {_MOST_TEXT} characters, got {len(value)}")


def _words(description: str, service: Service, answers: Mapping[str, tuple[str, ...]]) -> str:
    """As staff read it: what was written, and below it the answers that have no column."""
    if len(description) > MOST_DESCRIPTION:
        told = f"description has {MOST_DESCRIPTION} characters at most, got {len(description)}"
        raise BadQuery("description", told)
    lines = [description]
    for attribute in service.attributes:
        given = answers.get(attribute.code)
        if given and attribute not in (STRENGTH, HAPPENED_AT):
            values = attribute.values or {}
            said = ", ".join(values[one].th if one in values else one for one in given)
            lines.append(f"{attribute.description.th}: {said}")
    return "\n".join(line for line in lines if line)


def _contact(fields: Mapping[str, str]) -> Contact | None:
    name = " ".join(fields[part] for part in ("first_name", "last_name") if part in fields)
    contact = Contact(name, fields.get("phone", ""), fields.get("email", ""))
    return None if contact == Contact() else contact


def _further(fields: Mapping[str, str]) -> Mapping[str, str]:
    """What only staff may see. Nobody follows the address of a picture: it may lead anywhere."""
    url = fields.get("media_url")
    if url is None:
        return {}
    if len(url) > _MOST_URL or not _is_web_address(url):
        told = (
            f"media_url takes an address as https://…, of {_MOST_URL} characters, got {url[:80]!r}"
        )
        raise BadQuery("media_url", told)
    return {"media_url": url}


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        url.isascii()
        and url.isprintable()
        and " " not in url
        and (parts.scheme in ("http", "https") and bool(parts.hostname))
    )


def _name(code: str) -> str:
    return f"attribute[{code}]"
