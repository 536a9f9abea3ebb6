"""Where a case is, as staff say: the areas to choose from, and the map to tap on."""

from layers.casework.desk import Desk
from layers.casework.staff import OFFICER, Staff
from layers.catalog import catalog
from layers.cleaning.provinces import PROVINCES
from map_site.backgrounds import Background
from map_site.maps import BuiltMap, build_map
from map_site.mount import cached_by_prefix

MAP_LAYERS = ("provinces", "districts")


def area_choices(desk: Desk, staff: Staff, language: str) -> list[tuple[str, str]]:
    """Codes with their names: of an officer the districts of their province, of all others the
    provinces, whether or not their outlines were delivered."""
    if staff.role == OFFICER:
        found = desk.casework.districts(staff)
        return [(code, name[language]) for code, name in found.items()]
    names = ((one.name_th if language == "th" else one.name_en, one) for one in PROVINCES.values())
    return [(one.code, name) for name, one in sorted(names, key=lambda pair: pair[0])]


@cached_by_prefix
def place_map(language: str, background: Background) -> BuiltMap:
    """The map of the page on which a place is tapped."""
    layers = [catalog()[name] for name in MAP_LAYERS]
    tiles = "/ogc/collections/{}/tiles/WebMercatorQuad"
    addresses = {layer.name: tiles.format(layer.name) for layer in layers}
    return build_map("placeMap", layers, addresses, language, background)
