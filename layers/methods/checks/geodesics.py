"""Distances and bearings on the ellipsoid against GeographicLib's published lines."""

from layers.methods.checks import Check

_GEOGRAPHICLIB = "GeographicLib; Karney (2013)"


def _inverse(lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """(metres, azimuth)."""
    from pyproj import Geod

    azimuth, _, metres = Geod(ellps="WGS84").inv(lon, lat, to_lon, to_lat)
    return float(metres), float(azimuth)


def _direct() -> tuple[float, float]:
    from pyproj import Geod

    lon, lat, _ = Geod(ellps="WGS84").fwd(115.74, -32.06, 225, 20_000_000)
    return float(lat), float(lon)


def _area() -> float:
    from pyproj import Geod

    corners = [101, 102, 102, 101], [15, 15, 16, 16]
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter(*corners)
    return float(area) / 1e6


CHECKS = (
    Check(
        name="long_line",
        th="เส้นยาวเกือบครึ่งโลก",
        en="A line almost half around the earth",
        given="−41.32, 174.81 → 40.96, −5.50",
        expected=(19_959_679.267, 161.067670),
        got=lambda: _inverse(-41.32, 174.81, 40.96, -5.50),
        tolerance=0.001,
        unit="m, °",
        source=_GEOGRAPHICLIB,
    ),
    Check(
        name="bangkok_chiang_mai",
        th="กรุงเทพฯ ถึงเชียงใหม่",
        en="Bangkok to Chiang Mai",
        given="13.7563, 100.5018 → 18.7883, 98.9853",
        expected=(579_946.320, -16.023051),
        got=lambda: _inverse(13.7563, 100.5018, 18.7883, 98.9853),
        tolerance=0.001,
        unit="m, °",
        source=_GEOGRAPHICLIB,
    ),
    Check(
        name="direct",
        th="ปลายของเส้นยาวจากจุดหนึ่งไปทางหนึ่ง",
        en="Where a long line from a place in a direction ends",
        given="−32.06, 115.74; 225°, 20,000 km",
        expected=(32.11195529, -63.95925278),
        got=_direct,
        tolerance=1e-8,
        unit="°",
        source=_GEOGRAPHICLIB,
    ),
    Check(
        name="area",
        th="พื้นที่หนึ่งองศาคูณหนึ่งองศา",
        en="Area of a degree by a degree",
        given="15 … 16° N, 101 … 102° E",
        expected=11_872.8371855,
        got=_area,
        tolerance=1e-6,
        unit="km²",
        source=_GEOGRAPHICLIB,
    ),
)
