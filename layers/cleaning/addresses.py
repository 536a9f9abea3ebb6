"""Which province the text of an address names, where it names one and no other."""

import re

from layers.cleaning.provinces import PROVINCES, province_code

# What people write instead of the names that TIS 1099 gives.
_THAI_SHORT = {"อยุธยา": "14", "โคราช": "30"}
_ENGLISH_SHORT = {"ayutthaya": "14", "korat": "30", "bkk": "10"}
# A province said to be one: จังหวัดระยอง, จ. ระยอง, จว.ระยอง; or by its first district, of which each
# province but Bangkok has one of its own name: อ.เมืองระยอง.
_NAMES = "|".join(sorted((one.name_th for one in PROVINCES.values()), key=len, reverse=True))
_SAID = re.compile(
    rf"(?:จังหวัด|(?<![ก-๙])จว?\.|(?:อำเภอ|(?<![ก-๙])อ\.)\s*เมือง)\s*({_NAMES}|อยุธยา|โคราช)"
)
_BANGKOK = "กรุงเทพมหานคร"  # whose shorter names are those of companies and roads, too
# What a name may belong to that is no province: ถนน เพชรบุรี, ซ. ระนอง 1.
_OF_SOMETHING = re.compile(
    r"(?:ถนน|ถ\.|ซอย|ซ\.|ตำบล|ต\.|แขวง|เขต|ตลาด|วัด|แยก|สะพาน|หมู่บ้าน|บ้าน|โรงเรียน|โรงงาน|บริษัท|แม่น้ำ|คลอง)"
)
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


def province_named(address: str) -> str | None:
    """The code (TIS 1099) of the one province that an address names, in Thai or English; None where
    it names none, or more than one. The name of a road or a temple is none of a province."""
    said = {_code(found[1]) for found in _SAID.finditer(address)}
    found = said or _thai(address) | _english(address)
    if _BANGKOK in address:
        found = found | {_code(_BANGKOK)}
    return found.pop() if len(found) == 1 else None


def _code(name: str) -> str:
    code = _THAI_SHORT.get(name) or province_code(name)
    assert code is not None, name
    return code


def _thai(address: str) -> set[str]:
    """Words that are a province's name as they stand, and not that of something before them."""
    words = [one for one in re.split(r"[\s,()\d]+", address) if one]
    found = set()
    for before, word in zip(["", *words], words, strict=False):
        code = _THAI_SHORT.get(word) or province_code(word)
        if code and not _OF_SOMETHING.fullmatch(before):
            found.add(code)
    return found


def _english(address: str) -> set[str]:
    """What stands alone between commas, is said to be a province, or ends the address."""
    plain = _POSTCODE.sub(" ", address.casefold())
    parts = [" ".join(part.split()) for part in plain.split(",")]
    parts = [part for part in parts if part and part != "thailand"]
    if parts:
        parts[-1] = parts[-1].removesuffix(" thailand")
    found = set()
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        is_said = part.endswith(" province")
        bare = part.removesuffix(" province").removeprefix("changwat ")
        for name, code in _ENGLISH.items():
            if bare == name or ((is_last or is_said) and bare.endswith(f" {name}")):
                found.add(code)
    return found


# Written in one word or several: Samut Sakhon, Samutsakhon, Lop Buri and Lopburi.
_ENGLISH = {
    **{one.name_en.casefold(): code for code, one in PROVINCES.items()},
    **{one.name_en.casefold().replace(" ", ""): code for code, one in PROVINCES.items()},
    **{
        f"{one.name_en.casefold().removesuffix('buri')} buri": code
        for code, one in PROVINCES.items()
        if one.name_en.casefold().endswith("buri")
    },
    **_ENGLISH_SHORT,
}
