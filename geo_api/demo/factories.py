"""The simulated factories, industrial estates and air stations, where Thai industry is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array, provinces

# Name, lon, lat, spread in km, share of factories: rough centres of Thai industry.
CLUSTERS = (
    ("สมุทรปราการ", "Samut Prakan", 100.68, 13.58, 10, 15),
    ("สมุทรสาคร", "Samut Sakhon", 100.25, 13.60, 9, 12),
    ("ปทุมธานี", "Pathum Thani", 100.62, 14.08, 10, 7),
    ("กรุงเทพฯ ตะวันตก", "Bangkok West", 100.40, 13.68, 9, 8),
    ("กรุงเทพฯ ลาดกระบัง", "Lat Krabang", 100.78, 13.75, 8, 4),
    ("อยุธยา", "Ayutthaya", 100.65, 14.33, 12, 5),
    ("ชลบุรี", "Chon Buri", 101.03, 13.40, 12, 6),
    ("แหลมฉบัง", "Laem Chabang", 100.95, 13.10, 9, 5),
    ("มาบตาพุด", "Map Ta Phut", 101.15, 12.72, 8, 5),
    ("ปลวกแดง", "Pluak Daeng", 101.17, 12.99, 9, 4),
    ("ฉะเชิงเทรา", "Chachoengsao", 101.10, 13.68, 12, 4),
    ("ปราจีนบุรี", "Prachin Buri", 101.60, 13.93, 10, 3),
    ("นครปฐม", "Nakhon Pathom", 100.15, 13.78, 11, 5),
    ("สระบุรี", "Saraburi", 100.92, 14.55, 10, 4),
    ("นครราชสีมา", "Nakhon Ratchasima", 102.08, 14.97, 14, 4),
    ("ขอนแก่น", "Khon Kaen", 102.83, 16.45, 12, 2),
    ("ลำพูน", "Lamphun", 99.02, 18.56, 9, 2),
    ("ราชบุรี", "Ratchaburi", 99.83, 13.62, 12, 2),
    ("หาดใหญ่", "Hat Yai", 100.47, 7.02, 11, 2),
    ("สุราษฎร์ธานี", "Surat Thani", 99.33, 9.10, 12, 1),
)
CANE_PROVINCES = ("41", "40", "36", "46", "30", "60", "62", "72", "71", "16", "67", "39")
MILLS = 58
RURAL_SHARE = 0.22

# Class code, Thai and English kind, the complaint it may cause, share.
KINDS = (
    ("00201", "ผลิตภัณฑ์การเกษตร", "Farm products", "dust_smoke", 8),
    ("00602", "อาหารทะเล", "Seafood", "odour", 10),
    ("01002", "อาหารและเครื่องดื่ม", "Food and drink", "odour", 12),
    ("02201", "สิ่งทอ", "Textiles", "wastewater", 8),
    ("03400", "ไม้และเครื่องเรือน", "Wood and furniture", "dust_smoke", 7),
    ("04200", "เคมีภัณฑ์", "Chemicals", "chemical_vapour", 8),
    ("05301", "พลาสติก", "Plastics", "chemical_vapour", 12),
    ("05900", "เหล็กและหล่อโลหะ", "Iron and casting", "dust_smoke", 6),
    ("06400", "ผลิตภัณฑ์โลหะ", "Metal products", "noise", 14),
    ("07200", "เครื่องใช้ไฟฟ้า", "Electrical goods", "noise", 5),
    ("10100", "ปรับคุณภาพของเสียรวม", "Waste treatment", "odour", 3),
    ("10500", "คัดแยกของเสีย", "Waste sorting", "odour", 4),
    ("10600", "รีไซเคิลของเสีย", "Waste recycling", "dust_smoke", 3),
)
SUGAR = ("01100", "น้ำตาล", "Sugar", "dust_smoke")
# TSIC of each class, of which the first two digits are those of ISIC Rev. 4; the others are
# simulated. Some have none, as in the register.
_TSIC = {
    "00201": "10619",
    "00602": "10202",
    "01002": "11049",
    "01100": "10721",
    "02201": "13129",
    "03400": "16299",
    "04200": "20119",
    "05301": "22299",
    "05900": "24101",
    "06400": "25999",
    "07200": "27900",
    "10100": "37000",
    "10500": "38211",
    "10600": "38300",
}
_WITHOUT_TSIC = 0.03
# Planted clusters: of a class in these provinces so many are of another industry.
_PLANTED = (
    ("06400", "29309", ("20", "21", "24", "14", "25"), 0.6),
    ("07200", "26101", ("13", "51", "14", "30"), 0.7),
)

STATUSES = ("operating", "temporarily_stopped", "licensed_not_started")


@dataclass(frozen=True)
class Sites:
    """Factories with their hidden `nuisance`, estates and air stations; one row each."""

    factories: pd.DataFrame
    estates: pd.DataFrame
    stations: pd.DataFrame


def place(seed: int, factories: int, stations: int) -> Sites:
    """The same seed and numbers place the same sites."""
    rng = np.random.default_rng([seed, 3])
    return Sites(_factories(rng, seed, factories), _estates(), _stations(rng, stations))


def _factories(rng: np.random.Generator, seed: int, count: int) -> pd.DataFrame:
    mills = min(MILLS, count // 20 + 1)
    rural = int((count - mills) * RURAL_SHARE)
    lon, lat = _clustered(rng, count - mills - rural)
    rural_lon, rural_lat = provinces().scatter(
        rng, list(provinces().codes), [1.0] * len(provinces().codes), rural
    )
    mill_lon, mill_lat = provinces().scatter(
        rng, list(CANE_PROVINCES), [1.0] * len(CANE_PROVINCES), mills
    )
    lon, lat = (
        np.concatenate([lon, rural_lon, mill_lon]),
        np.concatenate([lat, rural_lat, mill_lat]),
    )
    share = np.array([kind[4] for kind in KINDS], dtype=float)
    kind = rng.choice(len(KINDS), size=count, p=share / share.sum())
    table = [*KINDS, (*SUGAR, 0)]
    kind[count - mills :] = len(KINDS)
    number = np.arange(1, count + 1)
    province = provinces().containing(lon, lat)
    return pd.DataFrame(
        {
            "id": [f"demo-{n:06d}" for n in number],
            "registration_no": [f"DEMO-{n:06d}" for n in number],
            "name": [
                f"บริษัท จำลอง{table[k][1]} {n} จำกัด" for k, n in zip(kind, number, strict=True)
            ],
            "factory_group": rng.choice(["1", "2", "3"], size=count, p=[0.05, 0.25, 0.7]),
            "factory_class": [table[k][0] for k in kind],
            "product": [table[k][1] for k in kind],
            "isic_code": _tsic(seed, [table[k][0] for k in kind], province),
            "province_code": province,
            "status": rng.choice(STATUSES, size=count, p=[0.93, 0.05, 0.02]),
            "horsepower": np.round(rng.lognormal(5.2, 1.2, count), 1),
            "workers": rng.lognormal(3.9, 1.1, count).astype(int) + 1,
            "location_precision": "government",
            "lon": np.round(lon, 5),
            "lat": np.round(lat, 5),
            "nuisance": [table[k][3] for k in kind],
        }
    )


def _tsic(seed: int, classes: Sequence[str], province: Array) -> list[str | None]:
    """Drawn apart from all else."""
    chance = np.random.default_rng([seed, 54]).random((2, len(classes)))
    codes: list[str | None] = [_TSIC[one] for one in classes]
    for of_class, other, where, share in _PLANTED:
        for n, one in enumerate(classes):
            if one == of_class and province[n] in where and chance[0, n] < share:
                codes[n] = other
    return [None if chance[1, n] < _WITHOUT_TSIC else code for n, code in enumerate(codes)]


def _clustered(rng: np.random.Generator, count: int) -> tuple[Array, ...]:
    """Points around the clusters; one that falls into the sea is drawn again."""
    share = np.array([cluster[5] for cluster in CLUSTERS], dtype=float)
    centre = np.array([(cluster[2], cluster[3]) for cluster in CLUSTERS])
    spread = np.array([cluster[4] for cluster in CLUSTERS], dtype=float) * 1000
    which = rng.choice(len(CLUSTERS), size=count, p=share / share.sum())
    points = np.empty((count, 2))
    todo = np.arange(count)
    while len(todo):
        offset = rng.standard_normal((len(todo), 2)) * spread[which[todo], None] / 1.5
        points[todo] = centre[which[todo]] + offset / (M_PER_DEGREE_LON, M_PER_DEGREE_LAT)
        outside = provinces().containing(points[todo, 0], points[todo, 1]) == None  # noqa: E711
        todo = todo[outside]
    return points[:, 0], points[:, 1]


def _estates() -> pd.DataFrame:
    rows = [
        (f"demo-{n}", f"นิคมอุตสาหกรรมจำลอง{cluster[0]}", cluster[2], cluster[3])
        for n, cluster in enumerate(CLUSTERS, start=1)
    ]
    return pd.DataFrame(rows, columns=["id", "name_th", "lon", "lat"])


def _stations(rng: np.random.Generator, count: int) -> pd.DataFrame:
    """Half beside industry, half spread over the country's burning north and north-east."""
    near = count // 2
    cluster = [CLUSTERS[n % len(CLUSTERS)] for n in range(near)]
    jitter = rng.normal(0, 0.03, (near, 2))
    burning = ["50", "57", "58", "55", "54", "52", "63", "67", "42", "41", "40", "30", "60", "71"]
    lon, lat = provinces().scatter(rng, burning, [1.0] * len(burning), count - near)
    code = provinces().containing(lon, lat)
    thai = dict(zip(provinces().frame["code"], provinces().frame["name_th"], strict=True))
    english = dict(zip(provinces().frame["code"], provinces().frame["name_en"], strict=True))
    return pd.DataFrame(
        {
            "id": [f"demo-{n:03d}" for n in range(1, count + 1)],
            "name_th": [f"สถานีจำลอง {c[0]}" for c in cluster]
            + [f"สถานีจำลอง {thai[c]}" for c in code],
            "name_en": [f"Simulated {c[1]}" for c in cluster]
            + [f"Simulated {english[c]}" for c in code],
            "lon": np.round(np.concatenate([[c[2] for c in cluster] + jitter[:, 0], lon]), 5),
            "lat": np.round(np.concatenate([[c[3] for c in cluster] + jitter[:, 1], lat]), 5),
        }
    )
