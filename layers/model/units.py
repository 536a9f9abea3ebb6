"""Units as people write them, where Thai has a word of its own for one."""

from layers.model.layer import Text

_WORDS = {
    "hp": Text("แรงม้า", "hp"),
    "m/s": Text("ม./วินาที", "m/s"),
    "MW": Text("เมกะวัตต์", "MW"),
    "km": Text("กม.", "km"),
    "m": Text("ม.", "m"),
    "h": Text("ชม.", "h"),
    "tCO2e": Text("ตัน CO₂e", "t CO₂e"),
    "tCO2": Text("ตัน CO₂", "t CO₂"),
}


def unit_text(unit: str) -> Text:
    """A field's unit in both languages; one that is written alike as it is."""
    return _WORDS.get(unit, Text(unit, unit))


def unit_beside(title: str, unit: str | None, language: str) -> str | None:
    """The unit to print with a value under a title; None where the title is its name already."""
    written = unit_text(unit)[language] if unit else None
    return None if written == title else written
