"""The shapes of what is told of former times, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping

from geo_api.http.openapi_schemas import (
    FLAG,
    LINKS,
    OR_NULL,
    PROVENANCE,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    WHOLE,
    Schema,
    list_of,
    object_of,
    ref,
)

_VERSION = object_of("asOf dataVersion", asOf=TIME, dataVersion=WHOLE)

AS_OF_SCHEMAS: Mapping[str, Schema] = {
    "citation": object_of(
        "code address path asOf dataVersion time citedAt simulated software sources parts line text"
        " bibtex",
        code=TEXT,
        address=TEXT,
        path=TEXT,
        asOf=TEXT,
        dataVersion=WHOLE,
        time=TIME,
        citedAt=TIME,
        simulated=FLAG,
        software=TEXT,
        sources=list_of(
            object_of(
                "layer title licence attribution",
                layer=TEXT,
                title=ref("text"),
                licence=TEXT,
                attribution=TEXT,
            )
        ),
        parts=list_of(
            object_of("href rows sha256", href=TEXT, rows=WHOLE | OR_NULL, sha256=TEXT_OR_NULL)
        ),
        line=ref("text"),
        text=ref("text"),
        bibtex=TEXT,
        state=TEXT | {"enum": ["holds", "unproved", "erased", "gone", "altered"]},
        isOwn=FLAG,
        checks=list_of(
            object_of(
                "state rows sha256 why erasures",
                state=TEXT,
                rows=WHOLE | OR_NULL,
                sha256=TEXT_OR_NULL,
                why=TEXT_OR_NULL,
                erasures=list_of(
                    object_of("rows reason erasedAt", rows=WHOLE, reason=TEXT, erasedAt=TIME)
                ),
            )
        ),
    ),
    "changes": object_of(
        "layer since until historyBegins counts numberReturned changes attribution licence"
        " simulated links",
        layer=TEXT,
        since=_VERSION,
        until=_VERSION,
        historyBegins=TIME,
        counts=object_of("added removed changed", added=WHOLE, removed=WHOLE, changed=WHOLE),
        numberReturned=WHOLE,
        changes=list_of(
            object_of(
                "id change",
                id=TEXT,
                change={"type": "string", "enum": ["added", "removed", "changed"]},
                fields=list_of(TEXT),
                before=ref("featureGeoJSON"),
                after=ref("featureGeoJSON"),
            )
        ),
        **PROVENANCE,
        links=LINKS,
    ),
}
