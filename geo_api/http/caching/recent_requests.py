"""Which requests were answered lately, and with what."""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.types import Scope

Asked = tuple[bytes | str, ...]

_AT_MOST = 50_000
# So that all of them together stay small; hardly anything this long is asked twice.
_LONGEST = 1_000
# What an answer may depend on beside its address.
_HEADERS = (b"host", b"accept", b"accept-encoding", b"accept-language")


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that holds while the `tag` of `views` does; `key` is that of its body in the
    cache, or empty where only the ETag is known."""

    views: tuple[str, ...]
    tag: str
    etag: str
    key: str
    headers: list[tuple[bytes, bytes]]


class Recent:
    """The latest requests whose answers are kept, by all that those depend on."""

    def __init__(self) -> None:
        self._known: OrderedDict[Asked, Known] = OrderedDict()

    def get(self, asked: Asked) -> Known | None:
        """The answer given last."""
        return self._known.get(asked)

    def keep(self, asked: Asked, known: Known) -> None:
        """The oldest are forgotten, and what is long is not remembered at all."""
        if sum(map(len, asked)) > _LONGEST:
            return
        self._known[asked] = known
        if len(self._known) > _AT_MOST:
            self._known.popitem(last=False)


def asked_in(scope: Scope) -> Asked:
    """What the answer to a request may depend on, beside the data."""
    # A header may be there twice, and whoever reads it goes by the first: so all of them count.
    told = (part for pair in scope["headers"] if pair[0] in _HEADERS for part in pair)
    return (scope["scheme"], scope["path"], scope["query_string"], *told)
