"""Numbers, dates and distances as the pages write them: Arabic digits, in Thai the Buddhist era."""

from datetime import date, datetime

from layers.cleaning.text import BUDDHIST_OFFSET_YEARS
from layers.model import Text
from layers.times import THAI_TIME

_SMALL = 20  # a base below this has a decimal
DASH = "–"

_MONTHS = {
    "th": (
        *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
        *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
    ),
    "en": (
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    ),
}
_LONG_MONTHS = {
    "th": (
        *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
        *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WEEKDAYS = {
    "th": ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# Clockwise from north, an eighth of a turn each; where something lies.
DIRECTIONS = (
    Text("เหนือ", "north"),
    Text("ตะวันออกเฉียงเหนือ", "north-east"),
    Text("ตะวันออก", "east"),
    Text("ตะวันออกเฉียงใต้", "south-east"),
    Text("ใต้", "south"),
    Text("ตะวันตกเฉียงใต้", "south-west"),
    Text("ตะวันตก", "west"),
    Text("ตะวันตกเฉียงเหนือ", "north-west"),
)


def count(number: float | None) -> str:
    """A whole number with commas; a dash where it is not known."""
    return DASH if number is None else f"{number:,.0f}"


def decimal(number: float | None, digits: int = 1) -> str:
    """A number with so many decimals, none of them where it is whole."""
    if number is None:
        return DASH
    text = f"{number:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: float, digits: int) -> str:
    """As `decimal`, but what is a little above 0 is told from 0: < 0.001."""
    least: float = 10.0**-digits
    if number and abs(number) < least / 2:
        return f"< {least:.{digits}f}" if number > 0 else "0"
    return decimal(number, digits)


def in_column(number: float | None, digits: int = 1) -> str:
    """With so many decimals always, as the other numbers of its column, whole or not."""
    return DASH if number is None else f"{number:,.{digits}f}"


def share(percent: float | None) -> str:
    """A share in percent as every page writes it, with one decimal; its sign is the page's."""
    return decimal(percent)


def base(number: float | None) -> str:
    """What a value is compared with, often a mean: a small one with a decimal."""
    return decimal(number) if number is not None and number < _SMALL else count(number)


def year(number: int, language: str) -> str:
    """A year, in Thai of the Buddhist era."""
    return str(number + BUDDHIST_OFFSET_YEARS if language == "th" else number)


def day(at: date, language: str) -> str:
    """2 มี.ค. 2569; of a moment that on which it is in Thailand."""
    at = at.astimezone(THAI_TIME) if isinstance(at, datetime) else at
    return f"{at.day} {month(at, language)}"


def day_of_month(at: date, language: str) -> str:
    """2 มี.ค., the year being plain."""
    return f"{at.day} {_MONTHS[language][at.month - 1]}"


def month(at: date, language: str) -> str:
    """มี.ค. 2569; of a moment that in which it is in Thailand."""
    at = at.astimezone(THAI_TIME) if isinstance(at, datetime) else at
    return f"{_MONTHS[language][at.month - 1]} {year(at.year, language)}"


def short_month(at: date, language: str) -> str:
    """มี.ค."""
    return _MONTHS[language][at.month - 1]


def long_day(at: date, language: str) -> str:
    """จันทร์ 2 มีนาคม 2569."""
    weekday, name = _WEEKDAYS[language][at.weekday()], _LONG_MONTHS[language][at.month - 1]
    return f"{weekday} {at.day} {name} {year(at.year, language)}"


def clock(at: datetime, language: str) -> str:
    """08:00 น., in Thailand's time."""
    return f"{at.astimezone(THAI_TIME):%H:%M}" + (" น." if language == "th" else "")


def moment(at: datetime, language: str) -> str:
    """2 มี.ค. 2569 08:00 น., in Thailand's time."""
    return f"{day(at.astimezone(THAI_TIME), language)} {clock(at, language)}"


def season(first_year: int, language: str) -> str:
    """2568/69: the burning season that begins in December of the year."""
    return f"{year(first_year, language)}/{year(first_year + 1, language)[-2:]}"


def distance(metres: float | None, language: str) -> str:
    """Metres to ten below a kilometre, then kilometres with one decimal."""
    if metres is None:
        return DASH
    if round(metres, -1) < 1000:
        return f"{max(round(metres, -1), 10):.0f} {'ม.' if language == 'th' else 'm'}"
    return f"{metres / 1000:,.1f} {'กม.' if language == 'th' else 'km'}"


def direction(bearing_deg: float | None) -> Text | None:
    """Which of the eight directions a bearing is of."""
    if bearing_deg is None:
        return None
    return DIRECTIONS[round(bearing_deg / 45) % 8]


def side(bearing_deg: float | None, language: str) -> str:
    """On which of the eight sides a thing lies; one at the very place, which has no bearing, on
    none."""
    return (direction(bearing_deg) or Text(th="จุดเดียวกัน", en="same place"))[language]
