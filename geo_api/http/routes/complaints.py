"""/api/complaints, for staff: the queue, one case with its story, and what is done with it.

Each who asks sees the cases that PostgreSQL opens to their credential, and to them those of others
are not there.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from geo_api.complaints.casework import DatabaseCasework
from geo_api.exports.formats import JSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import NoParameters, Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep
from layers.casework.cases import (
    MOST_PAGE_SIZE,
    MOST_WORDS,
    NEWEST,
    OLDEST,
    PAGE_SIZE,
    Move,
    Placing,
)
from layers.casework.categories import CATEGORIES
from layers.casework.queue_addresses import MOST_DAYS, queue_query
from layers.casework.states import STATES

router = DescribedRouter(tags=["Complaints"])
_CASE = "/api/complaints/{complaint}"
_FLAG = {"type": "boolean", "default": False}


async def _casework(service: ServiceDep) -> DatabaseCasework:
    return service.casework


CaseworkDep = Annotated[DatabaseCasework, Depends(_casework)]
NoneDep = Annotated[NoParameters, query_parameters(NoParameters)]


class QueueParameters(Parameters):
    """Which cases, in which order, and from where on."""

    state: str | None = parameter(
        "States with commas between; without it those in which something is to be done.",
        {"type": "array", "items": {"type": "string", "enum": list(STATES)}},
    )
    category: str | None = parameter(
        "What they are about.", {"type": "string", "enum": list(CATEGORIES)}
    )
    district: str | None = parameter(
        "Code of a district, or of a province (TIS 1099).", {"type": "string"}
    )
    older_than_days: str | None = parameter(
        "Received at least so many days ago.",
        {"type": "integer", "minimum": 0, "maximum": MOST_DAYS},
    )
    overdue: str | None = parameter("Only those beyond their deadline.", _FLAG)
    mine: str | None = parameter("Only those assigned to whoever asks.", _FLAG)
    spam: str | None = parameter("Those marked as spam, which are else left out.", _FLAG)
    without_province: str | None = parameter(
        "Only those of which nobody knows the province: national staff and admins see them.", _FLAG
    )
    order: str | None = parameter(
        "By when they were received.",
        {"type": "string", "enum": [OLDEST, NEWEST], "default": OLDEST},
    )
    after: str | None = parameter("Where the page before ended: its `after`.", {"type": "string"})
    limit: str | None = parameter(
        "At most so many.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PAGE_SIZE, "default": PAGE_SIZE},
    )


# Beyond it programs disagree about a number in JSON (RFC 8259, section 6).
_MOST_NUMBER = 2**53 - 1
# What is none of them is answered by the work itself, as what is not possible of a case is.
_STATES: dict[str, Any] = {"enum": list(STATES)}


class Step(BaseModel):
    """What all changes say. Another field than those declared is refused."""

    model_config = ConfigDict(extra="forbid")

    why: str = Field("", max_length=MOST_WORDS, description="The reason, in words.")
    version: int | None = Field(
        None,
        ge=0,
        le=_MOST_NUMBER,
        description="`version` of the case as it was seen: where somebody did something since, the"
        " answer is 409 and nothing changes. Null where that does not matter.",
    )


class Transition(Step):
    """To another state."""

    from_state: str = Field(
        description="The state that the case was seen in.", json_schema_extra=_STATES
    )
    to_state: str = Field(
        description="One of `transitions` of the case.", json_schema_extra=_STATES
    )
    recipient: str = Field("", max_length=MOST_WORDS, description="Whom it is forwarded to.")
    order_number: str = Field("", max_length=MOST_WORDS, description="The number of an order.")
    public_note: str = Field("", max_length=MOST_WORDS, description="What the resident is told.")


class Note(BaseModel):
    """Words for the story."""

    model_config = ConfigDict(extra="forbid")

    words: str = Field(
        max_length=MOST_WORDS, description="Of the note.", json_schema_extra={"minLength": 1}
    )


class Assignment(Step):
    """To whom."""

    account: int | None = Field(
        ge=1, le=_MOST_NUMBER, description="Number of an account; null for nobody."
    )


class Recategorisation(Step):
    """What it is about."""

    category: str = Field(
        description="One of the list of categories.",
        json_schema_extra={"enum": list[Any](CATEGORIES)},
    )


class Place(Step):
    """Where it is: the code of an area, or a point."""

    area: str | None = Field(
        None,
        max_length=6,
        description="Of a province, district or sub-district (TIS 1099): 2, 4 or 6 digits.",
    )
    lon: float | None = Field(None, ge=-180, le=180, description="Degrees east (WGS84).")
    lat: float | None = Field(None, ge=-90, le=90, description="Degrees north.")


class SpamMark(Step):
    """Whether it is spam."""

    is_spam: bool = Field(description="False takes the mark back.")


class Original(Step):
    """Of what it is a duplicate."""

    original: str | None = Field(
        max_length=200, description="Id of a complaint; null undoes the merge."
    )


def _answer(found: object) -> Response:
    return Response(encoded(found), headers=PRIVATE, media_type=JSON.media_type)


@router.get(
    "/api/complaints", response_class=Response, responses={200: {"content": {JSON.media_type: {}}}}
)
def queue(
    staff: StaffDep,
    casework: CaseworkDep,
    parameters: Annotated[QueueParameters, query_parameters(QueueParameters)],
) -> Response:
    """The cases of whoever asks, a page at a time; each with its exact place."""
    return _answer(casework.queue(staff, queue_query(parameters.given())))


@router.get(_CASE, response_class=Response, responses={200: {"content": {JSON.media_type: {}}}})
def one_case(complaint: str, staff: StaffDep, casework: CaseworkDep, _: NoneDep) -> Response:
    """A case with its whole story, and the transitions that whoever asks may make."""
    return _answer(casework.case(staff, complaint))


@router.get(
    f"{_CASE}/suggestions",
    response_class=Response,
    responses={200: {"content": {JSON.media_type: {}}}},
)
def suggestions(complaint: str, staff: StaffDep, casework: CaseworkDep, _: NoneDep) -> Response:
    """Cases of the same category, near it and of the same days: nothing was merged."""
    return _answer(casework.suggestions(staff, complaint))


@router.get(
    f"{_CASE}/attribution",
    response_class=Response,
    responses={200: {"content": {JSON.media_type: {}}}},
)
def attribution(complaint: str, staff: StaffDep, casework: CaseworkDep, _: NoneDep) -> Response:
    """Which factories may have caused it, by the wind, with a share of none of these: a screening,
    no proof. Where there is no answer `reason` says why."""
    return _answer(casework.attribution(staff, complaint))


_Change = Callable[..., Callable[..., Response]]


def _step(name: str) -> _Change:
    """A POST that changes a case, and answers with the case as it is then."""
    refusals = {
        401: "Nobody is signed in",
        403: "Whoever is signed in may not",
        409: "Somebody did something since",
        422: "Something that the step requires is missing; `missing` names it",
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    answers: dict[int | str, dict[str, Any]] = {
        200: {"content": {JSON.media_type: {}}},
        **{status: {"description": said, "content": problem} for status, said in refusals.items()},
    }
    return router.post(f"{_CASE}/{name}", response_class=Response, responses=answers)


@_step("transitions")
def move(complaint: str, staff: StaffDep, casework: CaseworkDep, asked: Transition) -> Response:
    """Brings a case to another state. Closing it as resolved requires evidence."""
    casework.transition(staff, complaint, Move(**asked.model_dump()))
    return _answer(casework.case(staff, complaint))


@_step("notes")
def note(complaint: str, staff: StaffDep, casework: CaseworkDep, asked: Note) -> Response:
    """Adds words to the story of a case."""
    casework.note(staff, complaint, asked.words)
    return _answer(casework.case(staff, complaint))


@_step("assignee")
def assign(complaint: str, staff: StaffDep, casework: CaseworkDep, asked: Assignment) -> Response:
    """Gives a case to somebody, or to nobody."""
    casework.assign(staff, complaint, asked.account, asked.why, asked.version)
    return _answer(casework.case(staff, complaint))


@_step("category")
def recategorise(
    complaint: str, staff: StaffDep, casework: CaseworkDep, asked: Recategorisation
) -> Response:
    """Says what a case is about."""
    casework.recategorise(staff, complaint, asked.category, asked.why, asked.version)
    return _answer(casework.case(staff, complaint))


@_step("place")
def place(complaint: str, staff: StaffDep, casework: CaseworkDep, asked: Place) -> Response:
    """Says where a case is. National staff and admins give it to a province by that; an officer
    puts a case of their own province where it is within it. A point counts before an area."""
    where = Placing(asked.area, asked.lon, asked.lat)
    casework.place(staff, complaint, where, asked.why, asked.version)
    return _answer(casework.case(staff, complaint))


@_step("spam")
def mark_spam(complaint: str, staff: StaffDep, casework: CaseworkDep, asked: SpamMark) -> Response:
    """Marks a case as spam, or takes the mark back."""
    casework.mark_spam(staff, complaint, asked.is_spam, asked.why, asked.version)
    return _answer(casework.case(staff, complaint))


@_step("original")
def merge(complaint: str, staff: StaffDep, casework: CaseworkDep, asked: Original) -> Response:
    """Declares a case a duplicate of another, or undoes that."""
    if asked.original is None:
        casework.unmerge(staff, complaint, asked.why, asked.version)
    else:
        casework.merge(staff, complaint, asked.original, asked.why, asked.version)
    return _answer(casework.case(staff, complaint))
