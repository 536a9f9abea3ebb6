"""What is said of a rule, a place and an event, in Thai and in English; pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from layers.alerts.places import AROUND
from layers.alerts.rules import Rule, rule_named
from layers.catalog import catalog
from layers.model import Text
from layers.times import THAI_TIME

Detail = Mapping[str, Any]
_SOURCES = {
    "fires": Text("NASA FIRMS และ GISTDA", "NASA FIRMS and GISTDA"),
    "air": Text("กรมควบคุมมลพิษ Air4Thai", "PCD, Air4Thai"),
    "upwind_fires": Text(
        "NASA FIRMS, GISTDA และลมจากสถานีตรวจวัด",
        "NASA FIRMS, GISTDA, and wind as stations measure it",
    ),
    "complaints_released": Text("จำนวนที่เผยแพร่แล้ว", "Counts as released"),
    "complainants": Text("ทะเบียนเรื่องร้องเรียน", "Complaints as received"),
    "certificate_expiring": Text(
        "ทะเบียนใบรับรองอุตสาหกรรมสีเขียว", "Register of Green Industry certificates"
    ),
    "feed_quiet": Text("หน้าสถานะของระบบ", "Our status page"),
    "kpi": Text("หน่วยงานเจ้าของตัวชี้วัด", "The office that answers for the indicator"),
}


def source(rule: str) -> Text:
    """Whose data an event of the rule follows from."""
    return _SOURCES[rule]


def place_words(kind: str, name: Text, radius_m: int) -> Text:
    """A place as it is called, with its radius where it has one."""
    if kind not in AROUND and not radius_m:
        return name
    km = f"{radius_m / 1000:g}"
    return Text(f"{name.th} รัศมี {km} กม.", f"{name.en}, within {km} km")


def why(rule: Rule, parameters: Detail) -> Text:
    """The rule with its numbers: what was asked for."""
    asked = [_asked(one, parameters.get(one.name, one.default)) for one in rule.parameters]
    said = [one for one in asked if one is not None]
    th, en = ", ".join(one.th for one in said), ", ".join(one.en for one in said)
    return Text(
        f"{rule.title.th} ({th})" if th else rule.title.th,
        f"{rule.title.en} ({en})" if en else rule.title.en,
    )


def _asked(parameter: Any, value: int | str) -> Text | None:
    if parameter.choices:
        chosen = parameter.choices.get(str(value))
        if chosen is None:
            return None
        return Text(f"{parameter.title.th} {chosen.th}", f"{parameter.title.en} {chosen.en}")
    unit = parameter.unit or Text("", "")
    return Text(
        f"{parameter.title.th} {value} {unit.th}".strip(),
        f"{parameter.title.en} {value} {unit.en}".strip(),
    )


def said(rule: str, value: float, detail: Detail) -> Text:
    """What was found."""
    return _SAID[rule_named(rule).name](value, detail)


def thai_time(at: datetime) -> Text:
    """To the minute, in the time of Thailand."""
    local = at.astimezone(THAI_TIME)
    return Text(f"{local:%Y-%m-%d %H:%M} น.", f"{local:%Y-%m-%d %H:%M} (Thai time)")


def _fires(value: float, detail: Detail) -> Text:
    cane = int(detail.get("cane") or 0)
    by = detail.get("satellites") or "?"
    return Text(
        f"พบจุดความร้อน {value:.0f} จุดใน 24 ชั่วโมง อยู่ในไร่อ้อย {cane} จุด (ดาวเทียม {by})",
        f"{value:.0f} detections within 24 hours, {cane} of them in sugar cane (by {by})",
    )


def _air(value: float, detail: Detail) -> Text:
    numbers = f"{detail['pm25']:.1f} µg/m³"
    limit = f"{detail['standard']:g}"
    return Text(
        f"{detail['name_th']}: PM2.5 เฉลี่ย 24 ชม. {numbers} เกินมาตรฐาน {limit}"
        f" ต่อเนื่อง {value:.0f} ชั่วโมง",
        f"{detail['name_en']}: 24-hour PM2.5 {numbers}, above the standard of {limit} for"
        f" {value:.0f} hourly readings in a row",
    )


def _upwind(value: float, detail: Detail) -> Text:
    km = f"{float(detail['nearest_m']) / 1000:.1f}"
    wind = f"{detail['from_deg']:.0f}°, {detail['speed_m_s']:g} m/s"
    return Text(
        f"พบจุดความร้อนเหนือลม {value:.0f} จุด ใกล้สุด {km} กม. ลมมาจาก {wind} ({detail['station']})",
        f"{value:.0f} detections upwind, the nearest {km} km away; wind from {wind}"
        f" ({detail['station']})",
    )


def _released(value: float, detail: Detail) -> Text:
    days = f"{detail['first_day']} – {detail['last_day']}"
    return Text(f"เผยแพร่แล้ว {value:.0f} บ้าน ({days})", f"{value:.0f} homes as released ({days})")


def _complainants(value: float, detail: Detail) -> Text:
    return Text(
        f"{value:.0f} บ้าน ร้องเรียน {detail['cases']} เรื่องใน 30 วัน",
        f"{value:.0f} homes, {detail['cases']} complaints within 30 days",
    )


def _certificate(value: float, detail: Detail) -> Text:
    end = f"{detail['expires_on']}"
    return Text(
        f"{detail['name']} ระดับ {detail['level']} หมดอายุ {end} (อีก {detail['days']} วัน)",
        f"{detail['name']}, level {detail['level']}, expires {end} (in {detail['days']} days)",
    )


def _quiet(value: float, detail: Detail) -> Text:
    layer = catalog().get(str(detail.get("layer")))
    title = layer.title if layer else Text("ชั้นข้อมูล", "A layer")
    hours = f"{float(detail['stale_after_h']):g}"
    newest = detail.get("newest")
    at = thai_time(datetime.fromisoformat(newest)) if newest else Text("ไม่มี", "none")
    return Text(
        f"{title.th} ไม่มีข้อมูลใหม่เกิน {hours} ชั่วโมง ล่าสุด {at.th}",
        f"{title.en} had nothing new for more than {hours} hours; newest {at.en}",
    )


def _kpi(value: float, detail: Detail) -> Text:
    th, en = ("ถึงเป้า", "met") if detail["met"] else ("ไม่ถึงเป้า", "missed")
    numbers = f"{detail['value']:g} / {detail['target']:g} {detail['unit']}"
    return Text(
        f"{detail['name_th']}: {th} {numbers} ({detail['owner']})",
        f"{detail['name_en']}: {en}, {numbers} ({detail['owner']})",
    )


_SAID: Mapping[str, Callable[[float, Detail], Text]] = {
    "fires": _fires,
    "air": _air,
    "upwind_fires": _upwind,
    "complaints_released": _released,
    "complainants": _complainants,
    "certificate_expiring": _certificate,
    "feed_quiet": _quiet,
    "kpi": _kpi,
}
