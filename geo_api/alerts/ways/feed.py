"""An Atom feed that whoever has its address may fetch: nothing is sent, and no address is kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from geo_api.alerts.ways import Send
from geo_api.settings import Settings
from layers.alerts.ways import Way
from layers.model import Text


class FeedWay:
    """Declares the way; see geo_api/alerts/ways."""

    way = Way(
        "feed",
        Text("ฟีด Atom", "Atom feed"),
        None,
        Text("ใช้กับโปรแกรมอ่านฟีด", "For a feed reader"),
        needs_confirmation=False,
    )

    def missing(self, settings: Settings) -> str | None:
        """See Sender."""
        return None

    def read(self, given: str) -> Mapping[str, str]:
        """See Sender; there is nowhere to send to."""
        return {}

    @contextmanager
    def opened(self, settings: Settings) -> Iterator[Send]:
        """See Sender; no delivery is made for what is fetched."""
        raise NotImplementedError("a feed is fetched")
        yield


WAY = FeedWay()
