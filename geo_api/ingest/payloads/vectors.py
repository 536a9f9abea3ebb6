"""Reads what GDAL opens: shapefiles in a zip, GeoPackage, TopoJSON, FlatGeobuf and KML."""

import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geo_api.ingest.payloads.columns import Findings, best, require_complete
from geo_api.ingest.payloads.containers import Member
from geo_api.ingest.payloads.encodings import encoding_of
from geo_api.ingest.payloads.features import Feature, feature_record, plain, usable_formats
from geo_api.ingest.payloads.refusals import GET_AGAIN, Unfitting
from geo_api.ingest.payloads.tables import RAW_CHARACTERS
from layers.model import Format, Record, Text

# No degrees are as large; metres of Thailand are.
_LARGEST_DEGREES = 360
# What GDAL gives of every placemark beside its data.
_OF_KML = [
    *("id", "Name", "description", "timestamp", "begin", "end", "altitudeMode"),
    *("tessellate", "extrude", "visibility", "drawOrder", "icon"),
]


def vector_records(
    member: Member, formats: Sequence[Format], findings: Findings
) -> Iterator[Record]:
    """The records of the layers that are of one of the formats: a file may hold others beside.

    Raises Unfitting, before it gives anything, where none is.
    """
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True})
    with member.on_disk() as path, warnings.catch_warnings():
        # GDAL warns of what it repairs; what it cannot repair it raises.
        warnings.simplefilter("ignore")
        try:
            encoding = _encoding(path)
            first = 1
            for layer in _layers(path, encoding, formats):
                frame = pyogrio.read_dataframe(path, layer=layer, encoding=encoding)
                yield from _records(frame, first, member, formats, findings)
                first += len(frame)
        except (DataSourceError, DataLayerError, FieldError, UnicodeDecodeError) as problem:
            found = Text("แฟ้มแผนที่ที่เสียหายหรือไม่ครบ", f"a damaged vector file ({problem})")
            raise member.refusal(found, GET_AGAIN) from None


def _encoding(path: Path) -> str | None:
    """That of a shapefile's attributes, which seldom say it, and where they do often wrongly: by
    their bytes UTF-8 or the Thai code page. None for files that are UTF-8 by definition."""
    attributes = path.with_suffix(".dbf")
    if path.suffix.lower() != ".shp" or not attributes.is_file():
        return None
    content = attributes.read_bytes()
    start = int.from_bytes(content[8:10], "little")
    names = [content[place : place + 11].split(b"\0")[0] for place in range(32, start, 32)]
    # Between the names and the records lie numbers of all kinds.
    text = b"\n".join([*names, content[start:]])
    return "cp874" if encoding_of(text, cut_off=False) == "cp874" else "utf-8"


def _layers(path: Path, encoding: str | None, formats: Sequence[Format]) -> list[str]:
    """Where no layer fits, that which is nearest, for a message that says what it lacks."""
    import pyogrio

    found = {}
    for name, geometry in pyogrio.list_layers(path):
        header = list(pyogrio.read_info(path, layer=name, encoding=encoding)["fields"])
        usable = usable_formats(formats, outlined=geometry is not None)
        found[str(name)] = best(header, usable, points=geometry is not None)
    fitting = [name for name, columns in found.items() if not columns.missing]
    return fitting or sorted(found, key=lambda name: -found[name].recognised)[:1]


def _records(
    frame: Any, first: int, member: Member, formats: Sequence[Format], findings: Findings
) -> Iterator[Record]:
    outlined = "geometry" in frame.columns
    if member.head.lstrip().startswith(b"<"):
        frame = frame.drop(columns=_OF_KML, errors="ignore")
    header = [str(column) for column in frame.columns if column != "geometry"]
    columns = best(header, usable_formats(formats, outlined), outlined)
    require_complete(columns, header, member.name)
    if outlined and frame.crs is not None:
        frame = frame.to_crs(4326)
    elif outlined and abs(frame.total_bounds).max(initial=0) > _LARGEST_DEGREES:
        raise _without_crs(member)
    findings.add_columns(columns.unknown)
    for number, feature in enumerate(_features(frame, outlined), start=first):
        values = {name: plain(value) for name, value in feature.values.items()}
        raw = json.dumps(values, ensure_ascii=False, default=str)[:RAW_CHARACTERS]
        yield feature_record(number, feature, columns, raw)


def _features(frame: Any, outlined: bool) -> Iterator[Feature]:
    if outlined:
        for feature in frame.iterfeatures(na="null", drop_id=True):
            yield Feature(feature["properties"], feature["geometry"])
    else:
        for values in frame.to_dict("records"):
            yield Feature(values)


def _without_crs(member: Member) -> Unfitting:
    return member.refusal(
        Text("พิกัดเป็นเมตรที่ไม่บอกระบบ (ไม่มี .prj)", "in metres of an unnamed system (no .prj)"),
        Text(
            "ใส่แฟ้ม .prj ไว้ใน zip หรือบันทึกเป็น WGS 84 (EPSG:4326)",
            "Put its .prj into the zip, or save it as WGS 84 (EPSG:4326)",
        ),
    )
