"""Thai names in Latin letters, much as the Royal Thai General System of Transcription has it.

The system (RTGS) writes what is said, and Thai spelling does not tell all of that: which syllable a
consonant ends, and whether an unwritten vowel is said, are known by word. Parts of names that the
rules would misread are listed; the rest follows the Royal Society's notice of 1999.
For finding names, never for a sign: tones and vowel length are not told, as in RTGS.
"""

import re
from functools import lru_cache

# Parts of place and company names that are not said as the rules below would read them.
_PARTS = {
    "กรุงเทพ": "krungthep", "มหานคร": "mahanakhon", "พระนคร": "phranakhon", "อยุธยา": "ayutthaya",
    "กาญจน": "kanchana", "นคร": "nakhon", "ราชสีมา": "ratchasima", "ราชธานี": "ratchathani",
    "ราชบุรี": "ratchaburi", "ราช": "rat", "ปราการ": "prakan", "สมุทร": "samut", "สาคร": "sakhon",
    "สงคราม": "songkhram", "เพชร": "phet", "เพชรบุรี": "phetchaburi", "เพชรบูรณ์": "phetchabun",
    "นนทบุรี": "nonthaburi", "ปทุม": "pathum", "ปฐม": "pathom", "ลพบุรี": "lopburi",
    "สิงห์": "sing", "ชัยนาท": "chainat", "ชัยภูมิ": "chaiyaphum", "ชัย": "chai",
    "สระบุรี": "saraburi", "สวรรค์": "sawan", "อุทัย": "uthai", "สุโขทัย": "sukhothai",
    "พิษณุโลก": "phitsanulok", "สุพรรณ": "suphan", "ชล": "chon", "จันท": "chantha",
    "ฉะเชิงเทรา": "chachoengsao", "ปราจีน": "prachin", "บุรีรัมย์": "buriram",
    "ยโสธร": "yasothon", "อุบล": "ubon", "อำนาจ": "amnat", "อุดร": "udon", "สกล": "sakon",
    "พนม": "phanom", "มุกดา": "mukda", "อุตร": "uttara", "พะเยา": "phayao", "ประจวบ": "prachuap",
    "คีรี": "khiri", "ธรรม": "tham", "ธรรมราช": "thammarat", "สุราษ": "surat", "ระนอง": "ranong",
    "สงขลา": "songkhla", "สตูล": "satun", "พัทลุง": "phatthalung", "ปัตตานี": "pattani",
    "วัฒนา": "watthana", "พัฒนา": "phatthana", "อุตสาห": "utsaha", "กรรม": "kam",
    "พิจิตร": "phichit", "กำแพง": "kamphaeng", "มหา": "maha", "ศรี": "si", "สระ": "sa",
    "ทราย": "sai", "ชาติ": "chat", "ธาตุ": "that", "เหตุ": "het", "เกียรติ": "kiat",
    "ภูมิ": "phum", "ภูมิพล": "phumiphon", "จักร": "chak", "บุตร": "but", "มิตร": "mit",
    "สามัคคี": "samakkhi", "สถาน": "sathan", "สนม": "sanom", "ขนม": "khanom", "ถนน": "thanon",
    "สยาม": "sayam", "สมบูรณ์": "sombun", "เจริญ": "charoen", "อิน": "in", "รัตน": "rattana",
    "สหกรณ์": "sahakon", "เกษตร": "kaset", "สกุล": "sakun", "สว่าง": "sawang", "สมอ": "samo",
    "ตลาด": "talat", "ตลิ่ง": "taling", "ขนาด": "khanat", "พนัส": "phanat", "ฉลอง": "chalong",
    "แหลม": "laem", "แสม": "samae", "เฉลิม": "chaloem", "เสริม": "soem", "สนาม": "sanam",
    "ชนะ": "chana", "ปลวก": "pluak", "ทวี": "thawi", "วิทยา": "witthaya", "บริ": "bori",
    "จังหวัด": "changwat", "พาณิช": "phanit", "สหพัฒน": "sahaphatthana", "เคมี": "khemi",
    "ผลิต": "phalit", "ภัณฑ์": "phan", "คอน": "khon", "เบอร์": "boe", "สห": "saha",
    "ระยอง": "rayong", "สหัส": "sahat", "พยุห": "phayuha", "พระ": "phra", "โนน": "non",
    "มกรา": "makara", "แก้ว": "kaeo", "แห้ว": "haeo", "สารคาม": "sarakham", "สารภี": "saraphi",
    "กาฬสินธุ์": "kalasin", "สุวรรณ": "suwan", "สุวรรณภูมิ": "suwannaphum", "อุดม": "udom",
    "ณรงค์": "narong", "พรหม": "phrom", "มณฑล": "monthon", "อารมณ์": "arom", "รมย์": "rom",
    "กันทร": "kanthara", "บูรณะ": "burana", "บรรพต": "banphot", "ชมพู": "chomphu",
    "กมล": "kamala", "จันทร์": "chan", "นิคม": "nikhom", "วงศ์": "wong", "สามารถ": "samat",
    "เทวี": "thewi", "พยุห์": "phayu", "อนุ": "anu", "หนอง": "nong", "เมือง": "mueang", "คลอง": "khlong",
}  # fmt: skip

_INITIALS = {
    **dict.fromkeys("ก", "k"), **dict.fromkeys("ขฃคฅฆ", "kh"), "ง": "ng",
    **dict.fromkeys("จฉชฌ", "ch"), **dict.fromkeys("ซศษส", "s"), **dict.fromkeys("ญย", "y"),
    **dict.fromkeys("ดฎ", "d"), **dict.fromkeys("ตฏ", "t"), **dict.fromkeys("ถฐทธฑฒ", "th"),
    **dict.fromkeys("นณ", "n"), "บ": "b", "ป": "p", **dict.fromkeys("ผพภ", "ph"),
    **dict.fromkeys("ฝฟ", "f"), "ม": "m", "ร": "r", **dict.fromkeys("ลฬ", "l"), "ว": "w",
    **dict.fromkeys("หฮ", "h"), "อ": "",
}  # fmt: skip
# At the end of a syllable only k, t, p, ng, n, m, and the glides that make diphthongs, are said.
_FINALS = {
    **dict.fromkeys("กขคฆ", "k"), "ง": "ng", **dict.fromkeys("จชซฎฏฐฑฒดตถทธศษส", "t"),
    **dict.fromkeys("ญณนรลฬ", "n"), **dict.fromkeys("บปพฟภ", "p"), "ม": "m", "ย": "i", "ว": "o",
}  # fmt: skip
_CLUSTERS = {"ทร": "s", "ศร": "s", "สร": "s", "ซร": "s", "จร": "ch"}

_ABOVE = "ะัาำิีึืุู็"
_ONE = "[ก-ฃคฅฆ-รลว-ฮ]"
_INITIAL = f"(ห[งญนมยรลว]|[กขคตปพ][รล]|[กขค]ว|ผล|[ทศสซจ]ร|{_ONE})"
# A consonant ends a syllable unless the next one needs it: it has a vowel (with อ and ว as vowels,
# too), or only one consonant is left, which cannot be said alone.
_TAKEN = f"[{_ABOVE}]|อ(?![{_ABOVE}])|ว[ก-ฮ](?![{_ABOVE}])|[ก-ฮ](?:$|[เแโใไ])"
_END = f"([{''.join(_FINALS)}](?!{_TAKEN}))"
_CONSONANTS = {"I": _INITIAL, "F": _END, "F?": f"{_END}?"}


def _pattern(written: str) -> re.Pattern[str]:
    """Of a syllable: I an initial sound, F a final one, others themselves."""
    parts = re.findall(r"F\?|[IF]|\[[^]]*\]\??|\(\?[^)]*\)|.\??", written)
    return re.compile("".join(_CONSONANTS.get(part, part) for part in parts))


_GLIDE = f"ย(?![{_ABOVE}])"
# In the order in which they are tried; what is written, and the vowel said.
_SYLLABLES = [
    (_pattern(written), vowel)
    for written, vowel in (
        ("เIียะ?F?", "ia"), ("เIือะ?F?", "uea"), ("เIาะ", "o"), ("เIา", "ao"), ("เIิF?", "oe"),
        (f"เI(?={_GLIDE})ย", "oei"), ("เIอะ?F?", "oe"), ("เI[ะ็]?F?", "e"), ("แI[ะ็]?F?", "ae"),
        ("โIะ?F?", "o"), (f"[ไใ]I(?:{_GLIDE})?", "ai"),
        ("Iัวะ?", "ua"), ("IัF", "a"), ("Iะ", "a"), ("Iำ", "am"), ("IาF?", "a"), ("I[ิี]F?", "i"),
        ("I[ึื]อ?F?", "ue"), ("I[ุู]F?", "u"), ("I็?อF?", "o"), ("IวF", "ua"),
        ("IรรF", "a"), ("Iรร", "an"), ("IF", "o"), ("I", "a"),
    )
]  # fmt: skip
_SILENT = re.compile("(?:[กดตทฎ](?=ร)|ษ(?=ณ))?[ก-ฮ][ิุ]?\u0e4c")
_UNSAID = re.compile("[\u0e48-\u0e4b\u0e4d\u0e4e\u0e2f\u0e3a\u200b]")
_THAI = re.compile("[\u0e01-\u0e4e]+")
_LONGEST_FIRST = re.compile("|".join(sorted(map(re.escape, _PARTS), key=len, reverse=True)))


def romanise(text: str) -> str:
    """The Thai in `text` in small Latin letters; what is not Thai stays as it is."""
    return _THAI.sub(lambda found: _word(found[0]), text)


@lru_cache(maxsize=50_000)
def _word(thai: str) -> str:
    made, rest = [], 0
    for found in _LONGEST_FIRST.finditer(thai):
        # A vowel behind the part is that of its last consonant: no part ends there.
        if thai[found.end() : found.end() + 1] in tuple(_ABOVE + "\u0e4c"):
            continue
        made += [_by_rule(thai[rest : found.start()]), _PARTS[found[0]]]
        rest = found.end()
    return "".join([*made, _by_rule(thai[rest:])])


def _by_rule(thai: str) -> str:
    said = _UNSAID.sub("", _SILENT.sub("", thai))
    made: list[str] = []
    place = 0
    while place < len(said):
        place, syllable = _syllable(said, place)
        made.append(made[-1] if syllable == "ๆ" and made else syllable.strip("ๆ"))
    return "".join(made)


def _syllable(said: str, place: int) -> tuple[int, str]:
    """Where the next one begins, and this one."""
    if said[place] == "ฤ":
        return place + 1, "rue"
    for pattern, vowel in _SYLLABLES:
        found = pattern.match(said, place)
        if found:
            initial, *final = found.groups()
            return found.end(), _initial(initial) + vowel + "".join(_FINALS[f] for f in final if f)
    return place + 1, said[place] if said[place] == "ๆ" else ""


def _initial(written: str) -> str:
    if written in _CLUSTERS:
        return _CLUSTERS[written]
    if len(written) == 2 and written[0] == "ห":
        return _INITIALS[written[1]]
    return "".join(_INITIALS[one] for one in written)
