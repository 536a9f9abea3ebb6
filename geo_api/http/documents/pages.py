"""What the service asks of the pages: to write its documents and its problems for people.

`map_site` does; `geo_api.app` hands it in, so that neither knows the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from fastapi import Request

from layers.reports import Reports

Json = Mapping[str, Any]
DocumentKind = Literal[
    "landing",
    "conformance",
    "collections",
    "collection",
    "items",
    "item",
    "changes",
    "catalog",
    "api",
    "status",
    "quarantine",
]


class Pages(Protocol):
    """Languages are "th" and "en"; an address is a path with its query, without the server."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What each page is sent with, such as its Content-Security-Policy."""

    @property
    def version(self) -> str:
        """Another whenever the pages would be written differently from the same document."""

    def document(
        self,
        kind: DocumentKind,
        document: Json,
        language: str,
        address: str,
        *,
        collection: Json | None = None,
        simulated: bool = False,
    ) -> str:
        """The page of what the address gives as JSON. `collection` is the document of that to which
        `items`, an `item` or `changes` belong; a document that says itself that it is simulated
        counts too."""

    def rows_behind(self, path: str, reports: Reports) -> Sequence[str] | None:
        """Addresses of the rows that a page for the public shows; None where the path is none of
        such a page. Raises BadQuery for one that shows the newest day, NotReported for one that
        says that there is nothing."""

    def problem(self, problem: Json, language: str, address: str, *, simulated: bool) -> str:
        """The page of a problem document (RFC 9457), marked where the data are `simulated`."""


def address_of(request: Request) -> str:
    """The address as it was asked, without the server."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")
