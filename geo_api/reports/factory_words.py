"""What a factory's report calls things: facts of the register, and what is near."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from layers.model import Field, Layer, Text, unit_beside
from layers.reports.measures import Place
from layers.times import THAI_TIME

# Of the register's columns those that make facts, in their order.
_FACTS = (
    "status",
    "factory_group",
    "factory_class",
    "kind",
    "product",
    "horsepower",
    "workers",
    "location_precision",
    "doubts",
)
_IN_LAND_USE = {
    "sugarcane": Text("ในไร่อ้อย", "in sugarcane"),
    "paddy": Text("ในนาข้าว", "in paddy"),
    "maize": Text("ในไร่ข้าวโพดและไร่หมุนเวียน", "in maize and shifting cultivation"),
    "other_agriculture": Text("ในพื้นที่เกษตรอื่น", "in other farmland"),
    "forest": Text("ในป่า", "in forest"),
    "other": Text("ในพื้นที่อื่น", "on other land"),
}
_BANGKOK = "10"
_NO_CERTIFICATE = Text("ไม่มีใบรับรอง", "no certificate")


def facts(layer: Layer, values: Mapping[str, object]) -> Iterator[tuple[Text, Text]]:
    """The register's columns by their titles, those that it left empty left out; codes in words."""
    fields = {field.name: field for field in layer.fields}
    for name in _FACTS:
        value, field = values.get(name), fields[name]
        if value is None:
            continue
        plain = f"{value:,g}" if isinstance(value, int | float) else str(value)
        if name == "factory_class":
            plain = str(value)
        codes = str(value).split(", ") if field.several else [str(value)]
        told = [field.values.get(code, _with_unit(plain, field)) for code in codes]
        yield field.title, Text("; ".join(t.th for t in told), "; ".join(t.en for t in told))


def _with_unit(plain: str, field: Field) -> Text:
    units = [unit_beside(field.title[one], field.unit, one) for one in ("th", "en")]
    th, en = (f"{plain} {unit}" if unit else plain for unit in units)
    return Text(th, en)


def address(subdistrict: str | None, district: str | None) -> Text | None:
    """As the register writes it: in Thai alone."""
    parts = [part for part in (subdistrict, district) if part]
    return Text(" ".join(parts), " ".join(parts)) if parts else None


def estate(name: str, distance_m: float) -> Text:
    """The nearest estate, and how far away it is."""
    return Text(f"{name} {kilometres(distance_m)} กม.", f"{name}, {kilometres(distance_m)} km")


def fires(land_use: str | None, district: Place | None, count: int) -> Text:
    """One fire, or several of them."""
    on = _IN_LAND_USE.get(land_use or "")
    on_th, on_en = (on.th, f" {on.en}") if on else ("", "")
    in_th, in_en = ("", "")
    if district:
        kind = "เขต" if district.code.startswith(_BANGKOK) else "อ."
        in_th, in_en = f" {kind}{district.name.th}", f", {district.name.en}"
    if count == 1:
        return Text(f"จุดความร้อน{on_th}{in_th}", f"Hotspot{on_en}{in_en}")
    return Text(f"กลุ่มไฟ{on_th}{in_th} {count:,} จุด", f"{count:,} hotspots{on_en}{in_en}")


def when_seen(
    at: datetime, oldest: datetime, newest: datetime, confidence: Text | None, frp_mw: float | None
) -> Text:
    """When fires were seen before `at`, and how strong they are together."""
    clock = f"{newest.astimezone(THAI_TIME):%H:%M}"
    ago, before = _hours(at, newest), _hours(at, oldest)
    sure_th = f" ความเชื่อมั่น{confidence.th}" if confidence else ""
    sure_en = f", {confidence.en.lower()} confidence" if confidence else ""
    th, en = [f"ล่าสุด {ago} ชม. ก่อน ({clock} น.{sure_th})"], [f"{ago} h ago ({clock}{sure_en})"]
    if before > ago:
        th.append(f"แรกสุด {before} ชม. ก่อน")
        en.append(f"first {before} h ago")
    if frp_mw is not None:
        th.append(f"รวม {frp_mw:,.1f} MW")
        en.append(f"{frp_mw:,.1f} MW in all")
    return Text(" · ".join(th), " · ".join(en))


def factory(kind: str | None, workers: int | None, level: int | None) -> Text:
    """What is told of a factory nearby."""
    th, en = ([kind], [kind]) if kind else ([], [])
    if workers is not None:
        th.append(f"{workers:,} คน")
        en.append(f"{workers:,} workers")
    th.append(f"ใบรับรองระดับ {level}" if level else _NO_CERTIFICATE.th)
    en.append(f"certified at level {level}" if level else _NO_CERTIFICATE.en)
    return Text(" · ".join(th), " · ".join(en))


def named(layers: Mapping[str, Layer], layer: str, field: str, code: str | None) -> Text | None:
    """What a layer calls a code of its field."""
    if code is None or layer not in layers:
        return None
    values = next((one.values for one in layers[layer].fields if one.name == field), {})
    return values.get(code, Text(code, code))


def kilometres(metres: float) -> str:
    """With one decimal."""
    return f"{metres / 1000:,.1f}"


def _hours(at: datetime, seen: datetime) -> int:
    return max(0, round((at.astimezone(UTC) - seen).total_seconds() / 3600))
