"""Which published view tells of a layer at a past time."""

from layers.model import Layer

# Of a layer that shows the latest readings alone the view that gives all of them, in its columns.
_READINGS = {"air_stations": "air_readings"}


def view_in_time(layer: Layer) -> str:
    """The published view that tells of the layer at a past time too."""
    return _READINGS.get(layer.name, layer.name)
