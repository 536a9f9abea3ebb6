"""The pages of the site: each says what it is about, which layers it shows, and what may be chosen
on it."""

from dataclasses import dataclass

from layers.catalog import catalog
from layers.model import Style, Text, Theme


@dataclass(frozen=True)
class Shown:
    """A layer that a page names.

    `on` says whether it is switched on at first, `latest` that it stays as it is now whatever the
    period; `totals` are fields whose sums over what is in view are told. `style` replaces the
    layer's own.
    """

    name: str
    on: bool = True
    latest: bool = False
    totals: tuple[str, ...] = ()
    style: Style | None = None


@dataclass(frozen=True)
class Page:
    """`layers` lie on the map from the first, lowest, to the last, and with them those of the
    `theme` that it does not name. `period` offers a choice of dates, which governs the timed
    layers; `yearly` names the layer that is shown a year at a time. `compact` runs the legends'
    lines together, so that many layers are in sight at once.
    """

    path: str
    theme: Theme
    title: Text
    intro: Text
    layers: tuple[Shown, ...]
    period: bool = True
    yearly: str | None = None
    compact: bool = False


PAGES = (
    Page(
        path="/",
        theme=Theme.OVERVIEW,
        title=Text("ภาพรวม", "Overview"),
        intro=Text(
            "โรงงาน จุดความร้อน คุณภาพอากาศ และข้อร้องเรียน บนแผนที่เดียวกัน",
            "Factories, hotspots, air quality and complaints on one map.",
        ),
        layers=(
            Shown("provinces"),
            Shown("industrial_estates", on=False),
            Shown("factories"),
            Shown("air_stations", latest=True),
            Shown("complaints"),
            Shown("hotspots"),
        ),
        compact=True,
    ),
    Page(
        path="/maps/burning",
        theme=Theme.BURNING,
        title=Text("การเผาในที่โล่ง", "Open burning"),
        intro=Text(
            "จุดความร้อนจากดาวเทียมตามช่วงเวลา ดาวเทียมเห็นเฉพาะไฟที่ลุกอยู่ตอนผ่าน "
            "การไม่พบจุดความร้อนจึงไม่ได้ยืนยันว่าไม่มีการเผา",
            "Satellite hotspots of a period. A satellite sees what burns as it passes, so that no "
            "hotspot was found does not prove that nothing burned.",
        ),
        layers=(
            Shown("provinces"),
            Shown("factories", on=False),
            Shown("hotspots"),
            Shown("air_stations", on=False, latest=True),
        ),
    ),
    Page(
        path="/maps/air",
        theme=Theme.AIR,
        title=Text("คุณภาพอากาศ", "Air quality"),
        intro=Text(
            "ค่าล่าสุดของแต่ละสถานี สีและระดับตามดัชนีคุณภาพอากาศของไทย",
            "The latest reading of each station, coloured by the Thai air quality index.",
        ),
        layers=(
            Shown("provinces"),
            Shown("pm25_surface"),
            Shown("hotspots", on=False),
            Shown("factories", on=False),
            Shown("air_stations", latest=True),
        ),
    ),
    Page(
        path="/maps/complaints",
        theme=Theme.COMPLAINTS,
        title=Text("ข้อร้องเรียน", "Complaints"),
        intro=Text(
            "ข้อร้องเรียนรวมเป็นกลุ่มตามพื้นที่ ตำแหน่งถูกทำให้หยาบเพื่อคุ้มครองผู้ร้องเรียน "
            "การอยู่ใกล้กันไม่ได้แสดงว่าโรงงานเป็นต้นเหตุ",
            "Complaints gathered by place. Places are blurred to protect those who complained, and "
            "being near a factory does not make it the cause.",
        ),
        layers=(
            Shown("provinces"),
            Shown("factories", on=False),
            Shown("industrial_estates", on=False),
        ),
    ),
    Page(
        path="/maps/green",
        theme=Theme.GREEN,
        title=Text("อุตสาหกรรมสีเขียวและคาร์บอน", "Green Industry and carbon"),
        intro=Text(
            "ใบรับรองอุตสาหกรรมสีเขียวระดับ 1–5 และก๊าซเรือนกระจกรายจังหวัดรายปี "
            "คำนวณจากแบบรายงานของโรงงานที่ส่งแล้วเท่านั้น",
            "Green Industry certificates, level 1 to 5, and greenhouse gas by province and year, "
            "reckoned from the returns that factories have sent.",
        ),
        layers=(
            # A province without returns is absent from the layer above, and shows as hatched.
            Shown("provinces", style=Style("#737373", ramp=("#ffffff",), fill_opacity=1)),
            Shown("carbon", totals=("tco2e", "factories_reported", "factories")),
        ),
        period=False,
        yearly="carbon",
    ),
)


def layers_of(page: Page) -> list[Shown]:
    """What lies on a page's map, from the lowest: the layers that it names, and above its own areas
    and its own points the areas and the points of its theme, by name."""
    layers = catalog()
    named = [shown.name for shown in page.layers]
    points = [layers[name].geometry == "point" for name in named]
    first_point = points.index(True) if True in points else len(points)
    further = [layer for layer in layers.values() if page.theme in layer.themes]
    below, above = (
        [
            Shown(layer.name)
            for layer in further
            if layer.name not in named and (layer.geometry == "point") is is_point
        ]
        for is_point in (False, True)
    )
    return [*page.layers[:first_point], *below, *page.layers[first_point:], *above]
