"""The places that one may be told of."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from layers.model import Text

COUNTRY, PROVINCE, DISTRICT = "country", "province", "district"
ECO_TOWN, FACTORY, POINT, AREA = "eco_town", "factory", "point", "area"

KINDS = {
    COUNTRY: Text("ทั้งประเทศ", "The whole country"),
    PROVINCE: Text("จังหวัด", "Province"),
    DISTRICT: Text("อำเภอ", "District"),
    ECO_TOWN: Text("เมืองอุตสาหกรรมเชิงนิเวศ", "Eco-town"),
    FACTORY: Text("โรงงาน", "Factory"),
    POINT: Text("จุดและรัศมี", "Point and radius"),
    AREA: Text("พื้นที่ที่วาดเอง", "Own area"),
}
# Of these what lies within so many metres counts; of the others what lies within their outline.
AROUND = (FACTORY, POINT)
LEAST_RADIUS_M, USUAL_RADIUS_M, MOST_RADIUS_M = 500, 5_000, 50_000
MOST_CORNERS = 200
# More than the largest province has (Nakhon Ratchasima, 20,494): who wants more chooses provinces.
MOST_AREA_KM2 = 25_000
_EARTH_KM = 6371.0088  # the mean radius (IUGG)


@dataclass(frozen=True)
class Place:
    """`code` is that of the layer; a point's is `lon,lat` (degrees, WGS84), an own area's its
    GeoJSON Polygon as text. `radius_m` is 0 of what has an outline."""

    kind: str
    code: str = ""
    radius_m: int = 0


def area_km2(ring: Sequence[tuple[float, float]]) -> float:
    """On a sphere, less than 1 % off; `ring` is of (lon, lat) in degrees. After R. G. Chamberlain
    and W. H. Duquette, Some algorithms for polygons on a sphere, JPL Publication 07-03 (2007)."""
    at = [(math.radians(lon), math.radians(lat)) for lon, lat in ring]
    doubled = sum(
        (there[0] - here[0]) * (2 + math.sin(here[1]) + math.sin(there[1]))
        for here, there in zip(at, [*at[1:], *at[:1]], strict=True)
    )
    return abs(doubled) / 2 * _EARTH_KM**2
