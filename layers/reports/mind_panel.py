"""The four panels of a province by the dimensions of MIND: business, community, environment and
income. Each figure stands for itself and leads to its layer; there is no score over them."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text
from layers.reports.measures import Place, State

DIMENSIONS = ("business", "community", "environment", "income")


@dataclass(frozen=True)
class FigureKind:
    """What is counted: `months` back, or what is valid on the day where None."""

    code: str
    dimension: str
    name: Text
    unit: Text
    layer: str
    months: int | None = None


_NONE, _PLACES, _DAYS = Text("", ""), Text("แห่ง", "places"), Text("วัน", "days")
_PEOPLE, _TONNES = Text("คน", "people"), Text("ตัน CO₂e", "t CO₂e")
FIGURES = (
    FigureKind(
        "factories",
        "business",
        Text("โรงงานที่ดำเนินการ", "Operating factories"),
        _PLACES,
        "factories",
    ),
    FigureKind(
        "awards",
        "business",
        Text("รางวัลอุตสาหกรรมดีเด่น", "Outstanding-industry awards"),
        _NONE,
        "industry_awards",
    ),
    FigureKind(
        "projects",
        "business",
        Text("โครงการที่ดำเนินอยู่", "Projects under way"),
        _NONE,
        "projects",
    ),
    FigureKind(
        "complaints",
        "community",
        Text("ครัวเรือนที่ร้องเรียน รวม 12 เดือนที่เปิดเผย", "Homes that complained, 12 months released"),
        _NONE,
        "complaint_months",
        12,
    ),
    FigureKind(
        "incidents",
        "community",
        Text("เหตุการณ์ 12 เดือน", "Incidents, 12 months"),
        _NONE,
        "incidents",
        12,
    ),
    FigureKind(
        "service_points",
        "community",
        Text("จุดบริการ", "Service points"),
        _PLACES,
        "service_points",
    ),
    FigureKind(
        "hotspots",
        "environment",
        Text("จุดความร้อน 12 เดือน", "Hotspots, 12 months"),
        _NONE,
        "hotspots",
        12,
    ),
    FigureKind(
        "pm25_days",
        "environment",
        Text("วันที่ PM2.5 เกินมาตรฐาน 12 เดือน", "Days of PM2.5 above the standard, 12 months"),
        _DAYS,
        "air_stations",
        12,
    ),
    FigureKind(
        "green",
        "environment",
        Text("โรงงานที่มีใบรับรองอุตสาหกรรมสีเขียว", "Factories with a Green Industry certificate"),
        _PLACES,
        "green_certificates",
    ),
    FigureKind(
        "tco2e",
        "environment",
        Text("ก๊าซเรือนกระจกของโรงงานที่รายงาน", "Greenhouse gas of factories that returned"),
        _TONNES,
        "carbon",
    ),
    FigureKind(
        "community_products",
        "income",
        Text("ผลิตภัณฑ์ชุมชนที่ได้รับการรับรอง", "Certified community products"),
        _NONE,
        "community_products",
    ),
    FigureKind(
        "trained",
        "income",
        Text("ผู้เข้าอบรม 12 เดือน", "People trained, 12 months"),
        _PEOPLE,
        "training",
        12,
    ),
    FigureKind(
        "loans",
        "income",
        Text("สินเชื่อกองทุนเอสเอ็มอี ปีล่าสุด", "SME fund loans, newest year"),
        _NONE,
        "sme_fund",
    ),
)


@dataclass(frozen=True)
class Figure:
    """`as_of` is the end of the time that it is of, no later than the data; a value that is
    not known says why."""

    kind: FigureKind
    state: State
    value: float | None
    as_of: date | None


@dataclass(frozen=True)
class MindPanel:
    """A province's figures in the order of FIGURES."""

    province: Place
    day: date
    figures: tuple[Figure, ...]
    simulated: bool
    computed_at: datetime

    def of_dimension(self, name: str) -> tuple[Figure, ...]:
        """The figures of one panel."""
        return tuple(one for one in self.figures if one.kind.dimension == name)
