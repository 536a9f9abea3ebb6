"""Which share of a provider's own types of problems goes into which category of complaints.

Nothing is stored: it tells what an import would make of a file before it is made.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo_api.ingest.payloads import records
from layers.casework.categories import CATEGORIES
from layers.sources import traffy

NO_TYPE = "(no type)"
NO_CATEGORY = "(none)"


@dataclass(frozen=True)
class ProblemType:
    """`categories` counts its complaints by code, NO_CATEGORY for those that are of none: neither
    an emission nor a nuisance as factories make it. A complaint of two types counts under each."""

    name: str
    complaints: int
    categories: Mapping[str, int]

    @property
    def taken(self) -> int:
        """How many are of a category."""
        return self.complaints - self.categories.get(NO_CATEGORY, 0)


@dataclass(frozen=True)
class FileOfComplaints:
    """`total` is of complaints, each counted once; types from the most frequent."""

    name: str
    total: ProblemType
    types: tuple[ProblemType, ...]


def problem_types(path: Path) -> FileOfComplaints:
    """What there is in a file of Traffy Fondue, of whichever export. Raises UnexpectedPayload."""
    every: Counter[str] = Counter()
    by_type: dict[str, Counter[str]] = {}
    for record in records(path, traffy.SOURCE.formats):
        category = traffy.category(record) or NO_CATEGORY
        every[category] += 1
        for name in dict.fromkeys(traffy.labels(record)) or (NO_TYPE,):
            by_type.setdefault(name, Counter())[category] += 1
    types = [ProblemType(name, found.total(), dict(found)) for name, found in by_type.items()]
    types.sort(key=lambda one: (-one.complaints, one.name))
    return FileOfComplaints(path.name, ProblemType("", every.total(), dict(every)), tuple(types))


def as_text(files: Iterable[FileOfComplaints]) -> str:
    """A table for each file: a line per type, the shares of the categories behind it."""
    return "\n\n".join("\n".join(_lines(file)) for file in files)


def _lines(file: FileOfComplaints) -> Iterator[str]:
    total = file.total
    yield (
        f"{file.name}: {total.complaints:,} complaints, {total.taken:,}"
        f" ({_share(total.taken, total.complaints)}) of a category: {_told(total)}"
    )
    for one in file.types:
        share = _share(one.taken, one.complaints)
        yield f"{one.complaints:>7,}  {share:>7}  {one.name}  {_told(one)}".rstrip()


def _told(one: ProblemType) -> str:
    """Its categories in our order, as shares of its complaints."""
    return ", ".join(
        f"{code} {_share(one.categories[code], one.complaints)}"
        for code in CATEGORIES
        if code in one.categories
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "0"
