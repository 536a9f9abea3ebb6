"""Where somebody is told, as it is kept: sealed, as JSON by the way."""

import json
from collections.abc import Mapping

from geo_api.accounts.sealing import Sealer


def sealed_address(sealer: Sealer, address: Mapping[str, str]) -> bytes:
    """What only the keys of the settings open."""
    return sealer.seal(canonical(address).encode())


def address_of(sealer: Sealer, sealed: bytes) -> dict[str, str]:
    """Raises Unsealable."""
    read: dict[str, str] = json.loads(sealer.open(sealed))
    return read


def canonical(address: Mapping[str, str]) -> str:
    """The same text for the same place."""
    return json.dumps(dict(address), ensure_ascii=False, sort_keys=True)
