"""Values that follow from the data, each remembered while what its views show stays the same."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from geo_api.database.data_versions import DataVersions

V = TypeVar("V")


class VersionedMemo(Generic[V]):
    """At most `max_entries` values by key, each with the version of the data that it was made from;
    the oldest go first. For the coroutines and threads of one process."""

    def __init__(self, max_entries: int) -> None:
        self._max_entries = max_entries
        self._entries: OrderedDict[Hashable, tuple[Sequence[str], str, V]] = OrderedDict()

    def get(self, key: Hashable, versions: DataVersions | None) -> V | None:
        """The value, if its views still show what it was made from; None also where the versions
        are not known."""
        entry = self._entries.get(key)
        if entry is None or versions is None:
            return None
        views, tag, value = entry
        return value if versions.tag(views) == tag else None

    def put(self, key: Hashable, views: Sequence[str], tag: str, value: V) -> None:
        """Remembers a value that is not older than the `tag` of its views."""
        self._entries[key] = (views, tag, value)
        while len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)
