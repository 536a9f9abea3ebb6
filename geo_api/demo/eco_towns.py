"""The simulated eco-industrial towns: districts of provinces that have some, and their levels."""

import numpy as np
import pandas as pd
import shapely

# The provinces of the 18 areas of the first phase (DIW, 2018); some have two.
_PROVINCES = (
    *("11", "13", "13", "14", "19", "20", "21", "21", "24"),
    *("25", "30", "40", "70", "73", "74", "84", "90", "90"),
)
# How many of them reached each level from 0, in the years from 2018 on: the plan of the environment
# B.E. 2566-2570. Which did is simulated.
_FIRST_YEAR = 2018
_REACHED = (
    (1, 16, 1, 0, 0, 0),
    (0, 0, 16, 0, 2, 0),
    (0, 0, 13, 2, 3, 0),
    (0, 0, 9, 5, 4, 0),
    (0, 0, 0, 14, 4, 0),
)
_TARGET_LEVEL, _TARGET_YEAR = 5, 2027


def found(districts: pd.DataFrame, factories: pd.DataFrame) -> pd.DataFrame:
    """The districts with the most factories of their province, as towns; `districts` have WKB in
    hexadecimal digits as `geom`."""
    outlines = shapely.from_wkb(districts["geom"].to_numpy())
    tree = shapely.STRtree(outlines)
    points = shapely.points(factories["lon"], factories["lat"])
    _, within = tree.query(points, predicate="within")
    busy = districts.assign(factories=np.bincount(within, minlength=len(districts)))
    busy = busy.sort_values(["factories", "code"], ascending=[False, True])
    rows = []
    for number, code in enumerate(_PROVINCES, 1):
        rank = _PROVINCES[: number - 1].count(code)
        district = busy[busy["province_code"] == code].iloc[rank]
        rows.append((f"demo-town-{number}", district["name_th"], code, district["code"]))
    towns = pd.DataFrame(rows, columns=["id", "name_th", "province_code", "code"])
    return towns.assign(
        phase=1,
        district_th=towns["name_th"],
        area_codes="{" + towns["code"] + "}",
        named_parts=1,
        target_level=_TARGET_LEVEL,
        target_year=_TARGET_YEAR,
        source="demo",
    ).drop(columns="code")


def assessed(seed: int, towns: pd.DataFrame) -> pd.DataFrame:
    """The level of each town in each year."""
    order = np.random.default_rng([seed, 31]).permutation(len(towns))
    ids = towns["id"].to_numpy()[order]
    years = []
    for year, counts in enumerate(_REACHED, _FIRST_YEAR):
        levels = np.repeat(np.arange(6), counts)
        years.append(pd.DataFrame({"eco_town_id": ids, "year": year, "level": levels}))
    return pd.concat(years, ignore_index=True).assign(source="demo")


# An edition that nobody has issued, so that every state of a scorecard can be seen.
_EDITION = "demo"
_KINDS = ("basic", "basic", "basic", "general", "general", "specific")
_DIMENSIONS = ("physical", "environmental", "social", "economic", "management", "environmental")
_TARGET = 80.0
# Of a kind how many indicators a level needs.
_RULES = (
    (1, "basic", 2),
    (2, "basic", 3),
    (3, "general", 1),
    (4, "general", 2),
    (5, "specific", 1),
)
_SILENT, _UNPROVEN = 0.1, 0.25  # shares of values that nobody declares, and without evidence


def framework(seed: int, until: pd.Timestamp, towns: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A simulated edition with its rules, what the towns declare by it, and the evidence: rows by
    staged table."""
    rng = np.random.default_rng([seed, 32])
    codes = [f"ตัวอย่าง-{number}" for number in range(1, len(_KINDS) + 1)]
    indicators = pd.DataFrame(
        {
            "framework_id": _EDITION,
            "code": codes,
            "dimension": _DIMENSIONS,
            "kind": _KINDS,
            "name_th": [f"ตัวชี้วัดจำลอง {number}" for number in range(1, len(codes) + 1)],
            "name_en": [f"Simulated indicator {number}" for number in range(1, len(codes) + 1)],
            "unit": "%",
            "better": "higher",
            "target": _TARGET,
            "source": "demo",
        }
    )
    years = [until.year - 2, until.year - 1]
    values = pd.MultiIndex.from_product(
        [towns["id"], codes, years], names=["eco_town_id", "code", "year"]
    ).to_frame(index=False)
    values = values.assign(
        framework_id=_EDITION,
        value=np.round(rng.normal(84, 9, len(values)).clip(20, 100), 1),
        origin=np.where(rng.random(len(values)) < 0.7, "self_declared", "measured"),
        source="demo",
    )
    values = values[rng.random(len(values)) >= _SILENT]
    proven = values[rng.random(len(values)) >= _UNPROVEN]
    evidence = proven[["eco_town_id", "framework_id", "code", "year"]].assign(
        what="รายงานจำลอง",
        dated_on=proven["year"].astype(str) + "-12-15",
        office="หน่วยงานจำลอง",
        source="demo",
    )
    return {
        "framework": pd.DataFrame([_edition(len(codes))]),
        "framework_indicator": indicators,
        "framework_level_rule": pd.DataFrame(_RULES, columns=["level", "kind", "least_met"]).assign(
            framework_id=_EDITION, source="demo"
        ),
        "eco_town_value": values,
        "eco_town_evidence": evidence,
    }


def _edition(indicators: int) -> dict[str, object]:
    return {
        "id": _EDITION,
        "agency": "demo",
        "name_th": "เกณฑ์จำลอง ไม่มีหน่วยงานใดออก",
        "name_en": "A simulated edition that nobody has issued",
        "dimensions": 5,
        "indicators": indicators,
        "verified": True,
        "source": "demo",
    }
