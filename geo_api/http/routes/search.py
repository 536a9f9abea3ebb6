"""/api/search: places, factories and estates by what people type."""

import json
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Request, Response

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import (
    Language,
    Parameters,
    parameter,
    query_parameters,
)
from geo_api.http.routers import DescribedRouter
from geo_api.search.answers import (
    DEFAULT_LIMIT,
    MOST_CHARACTERS,
    MOST_LIMIT,
    query_of,
    search,
)
from geo_api.search.kinds import BY_NAME, KINDS
from layers.reports.found import Result

router = DescribedRouter(tags=["Search"], dependencies=OPEN_DATA)

_VIEWS = ("search_names", *dict.fromkeys(kind.view for kind in KINDS))


class SearchParameters(Parameters):
    """What is looked for."""

    q: str | None = parameter(
        "A name, a part or a misspelling of one, in Thai or in Latin letters, or a registration"
        f" number. Of more than {MOST_CHARACTERS} characters the first ones count.",
        {"type": "string"},
    )
    limit: str | None = parameter(
        "At most so many.",
        {"type": "integer", "minimum": 1, "maximum": MOST_LIMIT, "default": DEFAULT_LIMIT},
    )


@router.get(
    "/api/search",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)
async def find(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[SearchParameters, query_parameters(SearchParameters)],
    language: Language,
) -> Response:
    """What was found, the best first: names that are what was typed, begin with it, have it in
    them, and are like it; a province before a district, and a factory last. Spaces, hyphens, tone
    marks, Thai digits, and words such as จังหวัด or "Company Limited" do not count. A Thai name is
    found by its sound in Latin letters, too. `matched` says what fitted; `href` is the page about
    it."""
    query = query_of(parameters.given())
    root = request.scope.get("root_path", "")

    def make() -> bytes:
        answer = search(service.reads, query)
        document = {
            "query": answer.query.text,
            "more": answer.more,
            "results": [_as_json(one, language, root) for one in answer.results],
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    headers = {
        "Content-Language": language,
        "Vary": "Accept, Accept-Encoding, Accept-Language",
    }
    return await cached_response(request, service, _VIEWS, "application/json", make, headers)


def _as_json(result: Result, language: str, root: str) -> dict[str, Any]:
    members = asdict(result)
    within = {name: members.pop(name) for name in ("district", "province")}
    return {
        **members,
        "href": root + result.href,
        "kind_title": BY_NAME[result.kind].title[language],
        "within": {name: area for name, area in within.items() if area},
    }
