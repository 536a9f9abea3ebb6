"""What of a name counts when somebody looks for it: the same key for what was typed and for what is
kept, so that case, spaces, tone marks, Thai digits and words such as "Company Limited" do not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Forms of companies, wherever they stand; kinds of areas, where the name begins.
_FORMS = re.compile(
    r"บริษัท|ห้างหุ้นส่วนจำกัด|ห้างหุ้นส่วนสามัญ|ห้างหุ้นส่วน|จำกัด|\(?มหาชน\)?|บจก\.?|บมจ\.?|หจก\.?"
    r"|\bcompany\b|\bco\b\.?|\blimited\b|\bltd\b\.?|\bplc\b\.?|\bpublic\b|\bpcl\b\.?"
)
_AREAS = re.compile(
    r"(?:(?<=^)|(?<=\s))(?:จังหวัด|อำเภอ|กิ่งอำเภอ|ตำบล|แขวง|เขต(?!ร)|จ\.|อ\.|ต\."
    r"|(?:province|district|subdistrict|amphoe|tambon|changwat|khet|khwaeng)(?=\s|$))"
    r"|(?<=\s)(?:province|district|subdistrict)$"
)
_UNHEARD = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0e2f\u0e46")
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Ways to write the same sound, in this order.
_SOUNDS = (
    ("ng", "ŋ"), ("kh", "k"), ("ph", "p"), ("bh", "p"), ("th", "t"), ("dh", "t"), ("ch", "c"),
    ("j", "c"), ("v", "w"), ("g", "k"), ("q", "k"), ("x", "ks"), ("oo", "u"), ("ee", "i"),
    ("ue", "u"), ("eu", "u"), ("ae", "e"), ("oe", "e"), ("y", "i"),
)  # fmt: skip


@dataclass(frozen=True)
class NameKey:
    """`places` has for each character of `text` where it stood in what the key was made of."""

    text: str
    places: Sequence[int]
    given: str

    @property
    def thai(self) -> bool:
        """Whether any of it is Thai."""
        return bool(_THAI.search(self.text))

    def stretches(self) -> list[tuple[int, int]]:
        """Where in `given` the key's characters stand together, with the marks between them."""
        found: list[tuple[int, int]] = []
        for place in self.places:
            start, end = found.pop() if found and place <= found[-1][1] else (place, place)
            end = place + 1
            while end < len(self.given) and _MARKS.match(self.given[end]):
                end += 1
            found.append((start, end))
        return found

    def spans(self, part: str) -> list[tuple[int, int]]:
        """Where in `given` the first occurrence of another key's text begins and ends."""
        start = self.text.find(part) if part else -1
        if start < 0:
            return []
        end = self.places[start + len(part) - 1] + 1
        while end < len(self.given) and _MARKS.match(self.given[end]):
            end += 1
        return [(self.places[start], end)]


def composed(text: str) -> str:
    """One way of writing: NFC, and SARA AM as one character."""
    text = unicodedata.normalize("NFC", text)
    return text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0e40\u0e40", "\u0e41")


def name_key(text: str) -> NameKey:
    """Of a name, or of what was typed. Where no word of a text counts, all do."""
    given = composed(text)
    # Character by character: the small letter of some is two, and places would be lost.
    small = "".join(one.lower() if len(one.lower()) == 1 else one for one in given)
    small = small.translate(_THAI_DIGITS)
    counting = small
    for passed_over in (_FORMS, _AREAS):
        counting = passed_over.sub(lambda found: " " * len(found[0]), counting)
    places = _counting(counting) or _counting(small)
    return NameKey("".join(small[place] for place in places), places, given)


def sound_key(latin: str) -> str:
    """Of a key in Latin letters, or a romanised one: what it sounds like, however it is written."""
    plain = unicodedata.normalize("NFD", latin.lower())
    plain = "".join(one for one in plain if one.isascii() and one.isalnum())
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    return re.sub(r"([^0-9])\1+", r"\1", plain)


def _counting(text: str) -> list[int]:
    return [place for place, one in enumerate(text) if _counts(one)]


def _counts(one: str) -> bool:
    return one not in _UNHEARD and (one.isalnum() or bool(_THAI.match(one)))
