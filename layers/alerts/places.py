"""The places that one may be told of."""

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


@dataclass(frozen=True)
class Place:
    """`code` is that of the layer; a point's is `lon,lat` (degrees, WGS84), an own area's its
    GeoJSON Polygon as text. `radius_m` is 0 of what has an outline."""

    kind: str
    code: str = ""
    radius_m: int = 0
