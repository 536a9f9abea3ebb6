"""Reports with telling defaults, for pages as text; what the service computes is tested there."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from layers.model import Text
from layers.reports.brief import Brief, Province, Station
from layers.reports.measures import (
    Base,
    Comparison,
    Freshness,
    Measure,
    Place,
    Series,
    State,
    period_of,
)

DAY = date(2026, 3, 2)


def province(code: str = "46", name: str = "กาฬสินธุ์", **changed: Any) -> Province:
    """A province with fires and factories."""
    made = Province(
        code=code,
        name=Text(name, f"Province {code}"),
        region="northeast",
        hotspots=15,
        week=32,
        week_before=21,
        last_season=36,
        days=(0,) * 13 + (15,),
        land_use={"sugarcane": 15},
        pm25=None,
        complaints=0,
        upwind=0,
        factories=15,
        certified=5,
        tco2e=6107.0,
    )
    return replace(made, **changed)


def measures() -> dict[str, Measure]:
    """The five numbers of a morning in March."""
    known = State.KNOWN
    chiang_rai = Place("57", Text("เชียงราย", "Chiang Rai"))
    return {
        "hotspots": Measure(
            "hotspots",
            known,
            120,
            (
                Comparison(Base.DAYS_BEFORE, 120, 94.7),
                Comparison(Base.LAST_SEASON, 120, 79.3),
            ),
            series=Series(date(2026, 1, 20), "day", tuple(float(60 + n) for n in range(42))),
            last_season=Series(date(2025, 1, 20), "day", tuple(float(50 + n) for n in range(42))),
            beside={"night": 40, "elsewhere": 3},
            parts={"sugarcane": 38, "paddy": 6, "maize": 17, "forest": 41, "other": 18},
            highest=Place("46", Text("กาฬสินธุ์", "Kalasin")),
            highest_value=15,
        ),
        "air": Measure(
            "air",
            known,
            8,
            (Comparison(Base.DAYS_BEFORE, 8, 5.3), Comparison(Base.LAST_SEASON, 8, 3.3)),
            of=30,
            highest=chiang_rai,
            highest_value=99.2,
        ),
        "complaints": Measure(
            "complaints",
            known,
            89,
            (Comparison(Base.MONTH_BEFORE, 89, 117), Comparison(Base.YEAR_BEFORE, 89, 101)),
            beside={"open": 73},
            series=Series(date(2025, 1, 1), "month", (94.0, 101.0, 89.0)),
        ),
        "upwind": Measure(
            "upwind",
            known,
            10,
            (Comparison(Base.DAYS_BEFORE, 10, 12),),
            highest=Place("14", Text("พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya")),
            highest_value=6,
        ),
        "green": Measure(
            "green",
            known,
            19.1,
            (Comparison(Base.MONTH_BEFORE, 533, 513), Comparison(Base.YEAR_BEFORE, 533, 265)),
            of=2788,
            more_is_better=True,
        ),
    }


def freshness(layer: str = "hotspots", **changed: Any) -> Freshness:
    """A feed on schedule."""
    made = Freshness(
        layer,
        Text("จุดความร้อน", "Hotspots"),
        datetime(2026, 3, 1, 19, 2, tzinfo=UTC),
        loaded=True,
        stale=False,
        due="daily",
    )
    return replace(made, **changed)


def brief(**changed: Any) -> Brief:
    """The morning of 2 March 2026."""
    start, end = period_of(DAY)
    made = Brief(
        day=DAY,
        start=start,
        end=end,
        first_day=date(2023, 12, 1),
        last_day=DAY,
        month=date(2026, 2, 1),
        complaint_period="month",
        measures=measures(),
        provinces=(
            province(),
            province(
                "50", "เชียงใหม่", region="north", hotspots=2, land_use={"forest": 2}, pm25=40.0
            ),
            province(
                "57", "เชียงราย", region="north", hotspots=12, land_use={}, pm25=99.2, upwind=1
            ),
            province(
                "14",
                "พระนครศรีอยุธยา",
                region="central",
                hotspots=0,
                land_use={},
                upwind=6,
                factories=130,
                certified=28,
                complaints=4,
            ),
            province("35", "ยโสธร", hotspots=None, week=None, days=(None,) * 14, factories=1),
        ),
        stations=(Station("s1", Text("เชียงราย", "Chiang Rai"), 99.6, 20.0, "57", 99.2),),
        freshness=(freshness(),),
        simulated=True,
        computed_at=datetime(2026, 3, 2, 1, 4, tzinfo=UTC),
    )
    return replace(made, **changed)
