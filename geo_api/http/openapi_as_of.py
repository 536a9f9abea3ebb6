"""The shapes of what is told of former times, as OpenAPI 3.0 describes them."""

from collections.abc import Mapping

from geo_api.http.openapi_schemas import Schema, list_of, object_of, ref

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": "string", "nullable": True}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_OR_NULL: Schema = {"nullable": True}
_FLAG: Schema = {"type": "boolean"}
_TIME: Schema = {"type": "string", "format": "date-time", "nullable": True}
_VERSION = object_of("asOf dataVersion", asOf=_TIME, dataVersion=_WHOLE)

AS_OF_SCHEMAS: Mapping[str, Schema] = {
    "citation": object_of(
        "code address path asOf dataVersion time citedAt simulated software sources parts line text"
        " bibtex",
        code=_TEXT,
        address=_TEXT,
        path=_TEXT,
        asOf=_TEXT,
        dataVersion=_WHOLE,
        time=_TIME,
        citedAt=_TIME,
        simulated=_FLAG,
        software=_TEXT,
        sources=list_of(
            object_of(
                "layer title licence attribution",
                layer=_TEXT,
                title=ref("text"),
                licence=_TEXT,
                attribution=_TEXT,
            )
        ),
        parts=list_of(
            object_of("href rows sha256", href=_TEXT, rows=_WHOLE | _OR_NULL, sha256=_TEXT_OR_NULL)
        ),
        line=ref("text"),
        text=ref("text"),
        bibtex=_TEXT,
        state=_TEXT | {"enum": ["holds", "unproved", "erased", "gone", "altered"]},
        isOwn=_FLAG,
        checks=list_of(
            object_of(
                "state rows sha256 why erasures",
                state=_TEXT,
                rows=_WHOLE | _OR_NULL,
                sha256=_TEXT_OR_NULL,
                why=_TEXT_OR_NULL,
                erasures=list_of(
                    object_of("rows reason erasedAt", rows=_WHOLE, reason=_TEXT, erasedAt=_TIME)
                ),
            )
        ),
    ),
    "changes": object_of(
        "layer since until historyBegins counts numberReturned changes attribution licence"
        " simulated links",
        layer=_TEXT,
        since=_VERSION,
        until=_VERSION,
        historyBegins=_TIME,
        counts=object_of("added removed changed", added=_WHOLE, removed=_WHOLE, changed=_WHOLE),
        numberReturned=_WHOLE,
        changes=list_of(
            object_of(
                "id change",
                id=_TEXT,
                change={"type": "string", "enum": ["added", "removed", "changed"]},
                fields=list_of(_TEXT),
                before=ref("featureGeoJSON"),
                after=ref("featureGeoJSON"),
            )
        ),
        attribution=_TEXT,
        licence=_TEXT,
        simulated=_FLAG,
        links=list_of(ref("link")),
    ),
}
