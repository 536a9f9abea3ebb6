"""What answers as of a former time have in common."""

from collections.abc import Sequence

from geo_api.database.as_of import ERASURES, AsOf, AsOfReads, as_of_reads
from geo_api.database.connections import Reads
from geo_api.http.dependencies import Service
from geo_api.http.parameters import parameter

AS_OF = parameter(
    "What was published then: a time with its zone as in RFC 3339, or the number of a version of"
    " the data, as an answer as of a time tells it in `dataVersion`. Such an answer never changes,"
    " unless a row was erased. How far back it goes differs by layer.",
    {"type": "string"},
)
# An erased row must not outlive its erasure by more than a day, wherever answers are kept.
_UNCHANGING = {"Cache-Control": "public, max-age=86400, immutable"}


def reads_of(service: Service, as_of: str | None, views: Sequence[str]) -> Reads:
    """What reads the `views` as of a time, or as they are. Raises BadQuery."""
    return service.reads if as_of is None else as_of_reads(service.reads, as_of, views)


def told(reads: Reads) -> dict[str, str | int]:
    """The members of an answer that say as of when it is; none of the present."""
    return reads.as_of.as_json() if isinstance(reads, AsOfReads) else {}


def as_of_of(reads: Reads) -> AsOf | None:
    """The same as it is; None of the present."""
    return reads.as_of if isinstance(reads, AsOfReads) else None


def depends_on(as_of: str | None, views: Sequence[str]) -> Sequence[str]:
    """The views that an answer from `views` changes with."""
    return views if as_of is None else (ERASURES,)


def caching(as_of: str | None) -> dict[str, str]:
    """The headers of it."""
    return {} if as_of is None else _UNCHANGING
