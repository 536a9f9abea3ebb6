"""The simulated registers: projects, awards, incidents, events and the others, and the SME fund."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import Array, provinces

Rng = np.random.Generator
# Of every register so many rows, each with where its rows are: at points within provinces, at
# factories, or in provinces alone.
_ROWS: Mapping[str, int] = {
    "project": 60,
    "power_plant": 50,
    "community_product": 200,
    "industry_award": 40,
    "concession": 45,
    "service_point": 77,
    "incident": 50,
    "event": 60,
    "training": 90,
}
_AT_FACTORIES = ("industry_award", "incident")
_IN_PROVINCES = ("community_product", "training")
_NAMES: Mapping[str, str] = {
    "project": "โครงการจำลอง",
    "power_plant": "โรงไฟฟ้าจำลอง",
    "community_product": "ผลิตภัณฑ์ชุมชนจำลอง",
    "industry_award": "รางวัลจำลอง",
    "concession": "ประทานบัตรจำลอง",
    "service_point": "ศูนย์บริการจำลอง",
    "incident": "เหตุการณ์จำลอง",
    "event": "กิจกรรมจำลอง",
    "training": "หลักสูตรจำลอง",
}
# Those that go on for years; the others begin and end within days.
_LASTING_YEARS: Mapping[str, int] = {
    "project": 3,
    "community_product": 3,
    "concession": 15,
    "service_point": 3,
}
_FEW_LOANS_SHARE = 0.06


def register(seed: int, clock: Clock, factories: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each register by its table."""
    tables = {}
    for number, (table, rows) in enumerate(_ROWS.items()):
        rng = np.random.default_rng([seed, 40, number])
        frame = _rows(rng, clock, table, rows)
        frame = frame.assign(
            **_places(rng, table, rows, factories), **_particulars(rng, table, rows)
        )
        if table == "industry_award":
            frame = frame.assign(year=[day.year for day in frame["starts_on"]])
        tables[table] = frame.assign(source="demo")
    return tables | {"sme_fund": _loans(np.random.default_rng([seed, 41]), clock)}


def _rows(rng: Rng, clock: Clock, table: str, rows: int) -> pd.DataFrame:
    number = range(1, rows + 1)
    first = (clock.start + timedelta(hours=7)).date()
    starts = [first + timedelta(days=int(n)) for n in rng.integers(0, clock.hours // 24, rows)]
    return pd.DataFrame(
        {
            "id": [f"demo-{table.replace('_', '-')}-{n}" for n in number],
            "name": [f"{_NAMES[table]} {n}" for n in number],
            "starts_on": starts,
            "ends_on": [_end(table, day, rng) for day in starts],
        }
    )


def _end(table: str, day: date, rng: Rng) -> date | None:
    if table in _LASTING_YEARS:
        return day + timedelta(days=365 * _LASTING_YEARS[table])
    return day + timedelta(days=int(rng.integers(0, 4))) if table in ("event", "training") else None


def _places(rng: Rng, table: str, rows: int, factories: pd.DataFrame) -> dict[str, Any]:
    codes = list(provinces().codes)
    if table in _AT_FACTORIES:
        return {"factory_ref": rng.choice(factories["id"].to_numpy(), rows)}
    if table in _IN_PROVINCES:
        return {"province_code": rng.choice(codes, rows)}
    lon, lat = provinces().scatter(rng, codes, [1.0] * len(codes), rows)
    lon, lat = np.round(lon, 5), np.round(lat, 5)
    return {"lon": lon, "lat": lat}


def _particulars(rng: Rng, table: str, rows: int) -> dict[str, Any]:
    def one_of(*codes: str) -> Array:
        return rng.choice(np.array(codes, dtype=object), rows)

    def whole(least: int, most: int) -> Array:
        return rng.integers(least, most, rows)

    megawatts = np.round(rng.lognormal(2.2, 1.2, rows), 1) + 0.1
    made: Mapping[str, dict[str, Any]] = {
        "project": {
            "kind": one_of("bcg", "opoai_c", "cdm"),
            "owner": "หน่วยงานจำลอง",
            "budget_baht": whole(1, 400) * 50_000.0,
        },
        "power_plant": {
            "fuel": one_of("solar", "biomass", "natural_gas", "hydro", "wind", "biogas"),
            "capacity_mw": megawatts,
            "status": "operational",
        },
        "community_product": {
            "product_type": one_of("อาหาร", "เครื่องดื่ม", "ผ้าและเครื่องแต่งกาย", "ของใช้", "สมุนไพร"),
            "holder": "วิสาหกิจชุมชนจำลอง",
        },
        "industry_award": {
            "kind": one_of("award", "award", "mentoring"),
            "category": one_of("การจัดการพลังงาน", "การรักษาคุณภาพสิ่งแวดล้อม", "การเพิ่มผลผลิต"),
        },
        "concession": {
            "kind": one_of("mineral", "soil"),
            "mineral": one_of("หินปูน", "ยิปซัม", "ดินเหนียว", "ทราย"),
            "area_rai": whole(10, 300),
        },
        "service_point": {"kind": one_of("gecc", "office"), "agency": "หน่วยงานจำลอง"},
        "incident": {
            "kind": one_of("outbreak", "accident", "fire", "spill"),
            "injured": whole(0, 6),
            "dead": 0,
        },
        "event": {"kind": one_of("fair", "promotion", "meeting"), "visitors": whole(20, 5_000)},
        "training": {"participants": whole(10, 120), "hours": whole(3, 30)},
    }
    return made[table]


def _loans(rng: Rng, clock: Clock) -> pd.DataFrame:
    """Of every province and year of the world; some provinces have few."""
    codes: Sequence[str] = list(provinces().codes)
    years = range(clock.start.year, clock.end.year + 1)
    frame = pd.DataFrame(
        [(f"demo-{code}-{year}", code, year) for year in years for code in codes],
        columns=["id", "province_code", "year"],
    )
    few = rng.random(len(frame)) < _FEW_LOANS_SHARE
    loans = np.where(few, rng.integers(1, 5, len(frame)), rng.integers(5, 160, len(frame)))
    amount = loans * np.round(rng.lognormal(14, 0.4, len(frame)), -3)
    return frame.assign(loans=loans, amount_baht=amount, source="demo")
