"""Writes geo_api/demo/districts.csv: codes and names of the 928 districts, from PyPI's geothai."""

import csv
from pathlib import Path

import geothai

TARGET = Path(__file__).resolve().parents[1] / "geo_api" / "demo" / "districts.csv"


def main() -> None:
    """No outlines: the demo simulates those."""
    rows = [
        (district.code, district.name_th, district.name_en)
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
    ]
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "name_th", "name_en"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main()
