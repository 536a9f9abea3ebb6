"""The 77 provinces by code: names and region, as TIS 1099 and the six-region scheme give them.

Names are joined on codes, never the other way round, save for registers that give a name alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """`code` of two digits; `region` is one of central, east, northeast, north, west, south."""

    code: str
    name_th: str
    name_en: str
    region: str


# Kept as text: a table of 77 rows is easier to check against the standard than 77 calls.
_TABLE = """
central
10 กรุงเทพมหานคร Bangkok
11 สมุทรปราการ Samut Prakan
12 นนทบุรี Nonthaburi
13 ปทุมธานี Pathum Thani
14 พระนครศรีอยุธยา Phra Nakhon Si Ayutthaya
15 อ่างทอง Ang Thong
16 ลพบุรี Lopburi
17 สิงห์บุรี Sing Buri
18 ชัยนาท Chai Nat
19 สระบุรี Saraburi
26 นครนายก Nakhon Nayok
60 นครสวรรค์ Nakhon Sawan
61 อุทัยธานี Uthai Thani
62 กำแพงเพชร Kamphaeng Phet
64 สุโขทัย Sukhothai
65 พิษณุโลก Phitsanulok
66 พิจิตร Phichit
67 เพชรบูรณ์ Phetchabun
72 สุพรรณบุรี Suphan Buri
73 นครปฐม Nakhon Pathom
74 สมุทรสาคร Samut Sakhon
75 สมุทรสงคราม Samut Songkhram
east
20 ชลบุรี Chon Buri
21 ระยอง Rayong
22 จันทบุรี Chanthaburi
23 ตราด Trat
24 ฉะเชิงเทรา Chachoengsao
25 ปราจีนบุรี Prachin Buri
27 สระแก้ว Sa Kaeo
northeast
30 นครราชสีมา Nakhon Ratchasima
31 บุรีรัมย์ Buri Ram
32 สุรินทร์ Surin
33 ศรีสะเกษ Si Sa Ket
34 อุบลราชธานี Ubon Ratchathani
35 ยโสธร Yasothon
36 ชัยภูมิ Chaiyaphum
37 อำนาจเจริญ Amnat Charoen
38 บึงกาฬ Bueng Kan
39 หนองบัวลำภู Nong Bua Lam Phu
40 ขอนแก่น Khon Kaen
41 อุดรธานี Udon Thani
42 เลย Loei
43 หนองคาย Nong Khai
44 มหาสารคาม Maha Sarakham
45 ร้อยเอ็ด Roi Et
46 กาฬสินธุ์ Kalasin
47 สกลนคร Sakon Nakhon
48 นครพนม Nakhon Phanom
49 มุกดาหาร Mukdahan
north
50 เชียงใหม่ Chiang Mai
51 ลำพูน Lamphun
52 ลำปาง Lampang
53 อุตรดิตถ์ Uttaradit
54 แพร่ Phrae
55 น่าน Nan
56 พะเยา Phayao
57 เชียงราย Chiang Rai
58 แม่ฮ่องสอน Mae Hong Son
west
63 ตาก Tak
70 ราชบุรี Ratchaburi
71 กาญจนบุรี Kanchanaburi
76 เพชรบุรี Phetchaburi
77 ประจวบคีรีขันธ์ Prachuap Khiri Khan
south
80 นครศรีธรรมราช Nakhon Si Thammarat
81 กระบี่ Krabi
82 พังงา Phangnga
83 ภูเก็ต Phuket
84 สุราษฎร์ธานี Surat Thani
85 ระนอง Ranong
86 ชุมพร Chumphon
90 สงขลา Songkhla
91 สตูล Satun
92 ตรัง Trang
93 พัทลุง Phatthalung
94 ปัตตานี Pattani
95 ยะลา Yala
96 นราธิวาส Narathiwat
"""


def _read(table: str) -> dict[str, Province]:
    provinces = {}
    region = ""
    for line in table.split("\n"):
        code, _, names = line.partition(" ")
        if names:
            thai, _, english = names.partition(" ")
            provinces[code] = Province(code, thai, english, region)
        else:
            region = code
    return provinces


PROVINCES = _read(_TABLE)
_CODE_OF_NAME = {province.name_th: code for code, province in PROVINCES.items()}


def province_code(name_th: str | None) -> str | None:
    """The code of a province by its Thai name, with or without จังหวัด or จ.; None if unknown."""
    bare = (name_th or "").removeprefix("จังหวัด").removeprefix("จ.").strip()
    return _CODE_OF_NAME.get("กรุงเทพมหานคร" if bare in _BANGKOK else bare)


_BANGKOK = frozenset({"กรุงเทพ", "กรุงเทพฯ", "กทม.", "กทม"})
