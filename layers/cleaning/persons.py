"""Tells whether a name in a register is, or gives away, that of a natural person.

Wrong on the side of privacy: a trade name that begins like a title is taken for a person's.
"""

import re

_LEGAL_FORM = re.compile(
    r"บริษัท|บจก\.?|บมจ\.?|หจก\.?|ห้างหุ้นส่วน|จำกัด|สหกรณ์|วิสาหกิจ|กลุ่มเกษตรกร|กลุ่มแม่บ้าน|มูลนิธิ|สมาคม|นิติบุคคล"
    r"|เทศบาล|องค์การ|องค์กร|กรม|กระทรวง|สำนักงาน|การไฟฟ้า|การประปา|มหาวิทยาลัย|โรงพยาบาล"
    r"|\b(?:co|company|corp|corporation|inc|limited|ltd|partnership|plc)\b",
    re.IGNORECASE,
)
_RANK = r"(?:พล|พ|ร|จ|ส|น|ด)\.\s?(?:[ตรสจอ]\.\s?)?[อทต]\."
_TITLE = (
    r"(?:นางสาว|นาง|นาย|น\.\s?ส\.|เด็กชาย|เด็กหญิง|ด\.\s?ช\.|ด\.\s?ญ\.|ดร\.|ว่าที่|ม\.ล\.|ม\.ร\.ว\.|หม่อม"
    rf"|{_RANK}|(?:mr|mrs|ms|miss)\b\.?)"
)
# Thai puts no space between a shop and its owner: โรงสีข้าวนาย….
_TITLED = re.compile(
    rf"(?:^|[\s(\[/]|โรงงาน|โรงสี|ข้าว|โรงเลื่อย|โรงกลึง|ร้าน|อู่|โดย|ของ|คณะบุคคล){_TITLE}", re.IGNORECASE
)
_REMOVED = "[บุคคลธรรมดา]"
# Shorter parts of a name are found in words that have nothing to do with it.
_SHORTEST_PART = 3


def is_juristic(name: str) -> bool:
    """Whether the name says a legal form: a company, a co-operative, an authority …"""
    return bool(_LEGAL_FORM.search(name))


def is_person(name: str) -> bool:
    """Whether the name has a personal title or a rank, or was removed for being a person's."""
    return _REMOVED in name or (not is_juristic(name) and bool(_TITLED.search(name)))


def gives_away_person(name: str, operator: str | None) -> bool:
    """Whether publishing the factory's `name` would publish a natural person's: its own, or part of
    its operator's where the operator has no legal form."""
    if is_person(name):
        return True
    if operator is None or is_juristic(operator):
        return False
    bare = re.sub(rf"^{_TITLE}", "", operator, flags=re.IGNORECASE)
    return any(part in name for part in bare.split() if len(part) >= _SHORTEST_PART)
