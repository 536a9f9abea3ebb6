"""What is stored and yet in no layer, and loaded layers that are empty: with the remedy."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features import unshown_sql as sql
from layers.analyses import analyses
from layers.model import Layer, Text

Json = dict[str, Any]

# Of each thing that the view published.unshown counts: what it is called, and what to do.
_STORED: Mapping[str, tuple[Text, Text]] = {
    "factories_without_place": (
        Text("โรงงานที่ไม่ทราบพิกัด", "Factories whose place is not known"),
        Text(
            "แก้พิกัดในทะเบียนแล้วนำเข้าอีกครั้ง: fahsai ingest diw FILE (ดูแถวใน fahsai quarantine diw)",
            "Mend the coordinates in the register and read it again: fahsai ingest diw FILE",
        ),
    ),
    "stations_without_place": (
        Text("สถานีตรวจวัดอากาศที่ไม่ทราบพิกัด", "Air stations whose place is not known"),
        Text(
            "นำเข้ารายชื่อสถานีพร้อมพิกัด: fahsai ingest air4thai stations.csv"
            " (คอลัมน์ station_id, lat, lon)",
            "Read a list of stations with their places: fahsai ingest air4thai stations.csv"
            " (columns station_id, lat, lon)",
        ),
    ),
    "certificates_without_factory": (
        Text("ใบรับรองของโรงงานที่ไม่อยู่ในทะเบียน", "Certificates of factories not in the register"),
        Text(
            "ตรวจเลขทะเบียนในไฟล์ หรือนำเข้าทะเบียนโรงงาน: fahsai ingest diw FILE",
            "Check the registration numbers, or read the register: fahsai ingest diw FILE",
        ),
    ),
    "certificates_without_place": (
        Text("ใบรับรองของโรงงานที่ไม่ทราบพิกัด", "Certificates of factories without a place"),
        Text(
            "แก้พิกัดของโรงงานในทะเบียนแล้วนำเข้าอีกครั้ง: fahsai ingest diw FILE",
            "Mend the factories' coordinates and read the register again: fahsai ingest diw FILE",
        ),
    ),
    "returns_without_factory": (
        Text("รายงานพลังงานของโรงงานที่ไม่อยู่ในทะเบียน", "Returns of factories not in the register"),
        Text(
            "ตรวจเลขทะเบียนในไฟล์ หรือนำเข้าทะเบียนโรงงาน: fahsai ingest diw FILE",
            "Check the registration numbers, or read the register: fahsai ingest diw FILE",
        ),
    ),
    "returns_without_province": (
        Text("รายงานพลังงานที่ไม่ทราบจังหวัด", "Returns whose province is not known"),
        Text(
            "นำเข้าเส้นเขตจังหวัด: fahsai ingest boundaries FILE",
            "Read the outlines of provinces: fahsai ingest boundaries FILE",
        ),
    ),
    "returns_without_vintage": (
        Text("รายงานพลังงานที่ยังไม่มีชุดเผยแพร่", "Returns of which no vintage is published"),
        Text(
            "เผยแพร่เมื่อรายงานมาครบพอ: fahsai analyse carbon_vintages (ชุดที่เผยแพร่แล้วแก้ไขไม่ได้)",
            "Publish when enough of them have come: fahsai analyse carbon_vintages; a vintage stays"
            " as it is",
        ),
    ),
    "towns_without_boundaries": (
        Text("เมืองอุตสาหกรรมเชิงนิเวศที่ยังวางบนแผนที่ไม่ได้", "Eco-industrial towns that no map can place"),
        Text(
            "นำเข้าเส้นเขตจังหวัด อำเภอ และตำบล: fahsai ingest boundaries FILE",
            "Read the outlines of provinces, districts and sub-districts:"
            " fahsai ingest boundaries FILE",
        ),
    ),
    "scorecards_without_town": (
        Text("ค่าและหลักฐานของเมืองที่ไม่อยู่ในรายชื่อ", "Values and evidence of towns not in the list"),
        Text(
            "ตรวจรหัสเมือง เช่น 1-7 หรือนำเข้ารายชื่อเมือง: fahsai ingest eco_towns FILE",
            "Check the towns' ids, as 1-7, or read the list: fahsai ingest eco_towns FILE",
        ),
    ),
    "scorecards_without_indicator": (
        Text("ค่าของตัวชี้วัดที่ไม่มีในเกณฑ์", "Values of indicators that no edition has"),
        Text(
            "นำเข้าตัวชี้วัดของเกณฑ์นั้น: fahsai ingest eco_scorecards FILE",
            "Read the edition's indicators: fahsai ingest eco_scorecards FILE",
        ),
    ),
    "kpi_values_without_indicator": (
        Text("ผลของตัวชี้วัดที่ไม่มีในปีงบประมาณนั้น", "Values of indicators that the fiscal year lacks"),
        Text(
            "นำเข้าตัวชี้วัดของปีนั้น: fahsai ingest kpi FILE",
            "Read that year's indicators: fahsai ingest kpi FILE",
        ),
    ),
    "levels_without_town": (
        Text("ผลการประเมินของเมืองที่ไม่อยู่ในรายชื่อ", "Levels of towns that are not in the list"),
        Text(
            "ตรวจรหัสเมือง เช่น 1-7 หรือนำเข้ารายชื่อเมือง: fahsai ingest eco_towns FILE",
            "Check the towns' ids, as 1-7, or read the list: fahsai ingest eco_towns FILE",
        ),
    ),
    "register_rows_without_place": (
        Text("รายการในทะเบียนที่ยังวางบนแผนที่ไม่ได้", "Rows of registers that no map can place"),
        Text(
            "เติม lat, lon หรือจังหวัดในไฟล์แล้วนำเข้าอีกครั้ง หรือนำเข้าเส้นเขตจังหวัด:"
            " fahsai ingest boundaries FILE",
            "Give lat, lon or the province and read the file again, or read the outlines of"
            " provinces: fahsai ingest boundaries FILE",
        ),
    ),
    "hotspots_without_province": (
        Text("จุดความร้อนที่ยังไม่นับรายจังหวัด", "Hotspots not counted by province"),
        Text(
            "นำเข้าเส้นเขตจังหวัด: fahsai ingest boundaries FILE",
            "Read the outlines of provinces: fahsai ingest boundaries FILE",
        ),
    ),
}


def empty_layers(reads: Reads, loaded: Iterable[Layer]) -> list[Layer]:
    """Those of the `loaded` layers that have no row."""
    layers = {layer.name: layer for layer in loaded}
    rows = reads.fetch(sql.empty(layers.values())) if layers else []
    return [layers[name] for name, is_empty in rows if is_empty]


def unshown(reads: Reads, empty: Iterable[Layer]) -> list[Json]:
    """What is kept from the maps: rows by kind, and the layers that are `empty`."""
    found = [
        _told(*_STORED[what], rows, names)
        for what, rows, names in reads.fetch(sql.STORED)
        if rows and what in _STORED
    ]
    return [*found, *map(_empty, empty)]


def _empty(layer: Layer) -> Json:
    ways = " / ".join(f"fahsai {_verb(name)} {name}" for name in layer.sources)
    nothing = Text("ไม่มีภาพแรสเตอร์", "no raster") if layer.raster else Text("ไม่มีรายการ", "no row")
    return _told(
        Text(
            f"ชั้นข้อมูล “{layer.title.th}” {nothing.th}",
            f"Layer “{layer.title.en}” has {nothing.en}",
        ),
        Text(
            f"นำเข้าหรือคำนวณอีกครั้ง: {ways} แล้วดูข้อความของรอบล่าสุด",
            f"Read or compute it again: {ways}, and see what the run says",
        ),
        None,
        list(layer.sources),
    )


def _verb(name: str) -> str:
    return "analyse" if name in analyses() else "ingest"


def _told(what: Text, remedy: Text, rows: int | None, sources: list[str]) -> Json:
    return {
        "what": {"th": what.th, "en": what.en},
        "rows": rows,
        "remedy": {"th": remedy.th, "en": remedy.en},
        "sources": sources,
    }


def lines(told: Iterable[Json], source: str | None = None) -> list[str]:
    """For a terminal: of all sources, or of one."""
    return [_line(one) for one in told if source is None or source in one["sources"]]


def _line(one: Json) -> str:
    rows = f": {one['rows']:,}" if one["rows"] else ""
    return f"{one['what']['en']}{rows}. {one['remedy']['en']}"
