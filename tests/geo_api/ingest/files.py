"""Writes one table into every kind of file that people send."""

import csv
import gzip
import io
import json
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Sequence[str]]


def delimited(rows: Rows, delimiter: str = ",", end: str = "\r\n") -> str:
    """As CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def workbook(*sheets: Rows, merged: Sequence[str] = ()) -> bytes:
    """As .xlsx; `merged` are ranges of the last sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"แผ่น {number}")
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of the members by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def objects(rows: Rows) -> list[dict[str, str]]:
    """As objects of JSON, by the names in the first row."""
    header, *records = rows
    return [dict(zip(header, record, strict=True)) for record in records]


def page(rows: Rows) -> str:
    """As the page that information systems save as .xls."""
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    table = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f'<html><meta charset="utf-8"><body><table border=1>\n{table}</table></body></html>'


def geojson(rows: Rows) -> str:
    """As features without a geometry."""
    features = [
        {"type": "Feature", "geometry": None, "properties": values} for values in objects(rows)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def by_gdal(rows: Rows, folder: Path, driver: str, extension: str) -> bytes:
    """As what GDAL writes, without a geometry."""
    import pandas
    import pyogrio

    path = folder / f"table{extension}"
    path.unlink(missing_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # A column FID of the table is not GDAL's.
        options = {"layer_options": {"FID": "number"}} if driver == "GPKG" else {}
        pyogrio.write_dataframe(pandas.DataFrame(objects(rows)), path, driver=driver, **options)
    return path.read_bytes()


def shapefile(rows: Rows, folder: Path, encoding: str) -> dict[str, bytes]:
    """The parts of a shapefile whose points are those of `lon` and `lat`, in UTM 47."""
    import geopandas
    import pandas
    from shapely.geometry import Point

    frame = pandas.DataFrame(objects(rows))
    points = [Point(float(lon), float(lat)) for lon, lat in zip(frame.lon, frame.lat, strict=True)]
    shapes = geopandas.GeoDataFrame(
        frame.drop(columns=["lon", "lat"]), geometry=points, crs=4326
    ).to_crs(32647)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shapes.to_file(folder / "points.shp", encoding=encoding, engine="pyogrio")
    return {part.name: part.read_bytes() for part in sorted(folder.glob("points.*"))}


def every_container(rows: Rows, folder: Path) -> dict[str, tuple[str, bytes]]:
    """File names and contents by the kind of container, all with the same table."""
    header, *records = rows
    plain = delimited(rows)
    title = ["ทะเบียนจังหวัดตัวอย่าง", *[""] * (len(header) - 1)]
    total = ["รวม", *[""] * (len(header) - 1)]
    sheet = workbook(rows)
    texts = {
        "utf-8": plain.encode(),
        "bom": plain.encode("utf-8-sig"),
        "utf-16": plain.encode("utf-16"),
        "utf-16 without a mark": plain.encode("utf-16-le"),
        "thai code page": plain.encode("cp874"),
        "semicolons": delimited(rows, ";", "\n").encode(),
        "tabs": delimited(rows, "\t").encode(),
        "pipes": delimited(rows, "|").encode(),
        "sep": ("sep=;\r\n" + delimited(rows, ";")).encode("utf-8-sig"),
        "titles": delimited([title, [""] * len(header), *rows]).encode(),
        "total": delimited([*rows, total]).encode(),
        "empty rows": delimited([*rows, *[[""] * len(header)] * 3]).encode(),
        "empty columns": delimited([[*row, "", ""] for row in rows]).encode(),
        "other case": delimited([[f" {h.title()} " for h in header], *records]).encode(),
    }
    found = {name: ("table.csv", content) for name, content in texts.items()}
    return found | {
        "xlsx": ("table.xlsx", sheet),
        "xlsx of several sheets": ("table.xlsx", workbook([["ปก"]], [title, [], *rows, total])),
        "ods": ("table.ods", by_gdal(rows, folder, "ODS", ".ods")),
        "html as xls": ("table.xls", page(rows).encode()),
        "json list": ("table.json", json.dumps(objects(rows)).encode()),
        "json within": ("t.json", json.dumps({"ok": 1, "data": {"list": objects(rows)}}).encode()),
        "json lines": ("t.jsonl", "\n".join(map(json.dumps, objects(rows))).encode()),
        "geojson": ("table.geojson", geojson(rows).encode()),
        "geopackage": ("table.gpkg", by_gdal(rows, folder, "GPKG", ".gpkg")),
        "gzip": ("table.csv.gz", gzip.compress(plain.encode())),
        "gzip of xlsx": ("table.xlsx.gz", gzip.compress(sheet)),
        "zip": ("table.zip", zipped({"table.csv": plain})),
        "zip with folders": (
            "table.zip",
            zipped({"ข้อมูล/ตาราง.csv": plain, "__MACOSX/._ตาราง.csv": b"\0\1", "readme.txt": "อ่าน"}),
        ),
        "zip of xlsx": ("table.zip", zipped({"a/b/table.xlsx": sheet})),
        "zip of two": (
            "table.zip",
            zipped(
                {
                    "1.csv": delimited([header, *records[:1]]),
                    "2.csv": delimited([header, *records[1:]]),
                }
            ),
        ),
    }
