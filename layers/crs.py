"""The coordinate reference systems that features are asked and given in, by their OGC URIs."""

from collections.abc import Mapping
from dataclasses import dataclass

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@dataclass(frozen=True)
class Crs:
    """`srid` is the EPSG number; `lat_first` says that its official axes are latitude, longitude,
    which is how coordinates are then written (18-058r1, requirement 10)."""

    uri: str
    srid: int
    lat_first: bool = False


def _epsg(number: int, lat_first: bool = False) -> Crs:
    return Crs(f"http://www.opengis.net/def/crs/EPSG/0/{number}", number, lat_first)


WGS84 = Crs(CRS84, 4326)

# The first is that of storage. 32647 and 32648 are the UTM zones of Thailand.
SUPPORTED: Mapping[str, Crs] = {
    crs.uri: crs
    for crs in (WGS84, _epsg(4326, lat_first=True), _epsg(3857), _epsg(32647), _epsg(32648))
}
