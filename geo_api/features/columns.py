"""What a layer can be asked for by: the columns of its view."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from geo_api.database.as_of import present_of
from geo_api.database.column_types import SORTABLE, Column, published_columns
from geo_api.database.connections import Reads
from geo_api.database.sql import COLUMNS_OF
from layers.model import Layer

# Views are made anew by `migrate` alone, after which the service starts again.
_known: WeakKeyDictionary[Reads, dict[str, Mapping[str, Column]]] = WeakKeyDictionary()


def columns(reads: Reads, layer: Layer) -> Mapping[str, Column]:
    """By name, in the order of the view; the database is asked once for each layer. Raises
    UnpublishableView, which `fahsai migrate` would have raised before."""
    reads = present_of(reads)
    known = _known.setdefault(reads, {})
    if layer.name not in known:
        rows = reads.fetch(COLUMNS_OF, {"view": f'published."{layer.name}"'})
        known[layer.name] = published_columns(layer, rows)
    return known[layer.name]


def sortable(known: Mapping[str, Column]) -> dict[str, Column]:
    """The columns whose values have an order that a cursor can tell."""
    return {name: column for name, column in known.items() if column.kind in SORTABLE}
