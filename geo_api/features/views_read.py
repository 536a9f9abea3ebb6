"""Which published views the answer to a question about a layer reads: for what may be cached."""

from geo_api.features.cql2.sql.spatial import IN_PROVINCE
from layers.model import Layer
from layers.query import Query

_PROVINCES = "provinces"


def views_read(layer: Layer, query: Query) -> tuple[str, ...]:
    """The layer's own, and that of the provinces where a filter asks what lies in one."""
    asks = query.filter is not None and IN_PROVINCE in query.filter.text.lower()
    return (layer.name, _PROVINCES) if asks and layer.name != _PROVINCES else (layer.name,)
