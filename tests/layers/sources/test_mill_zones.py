"""Zones that are declared: read with their outline, or refused."""

import json
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.mill_zones import SOURCE


def test_a_zone_is_read_with_the_season_from_which_it_holds(
    fresh: Connection, tmp_path: Path
) -> None:
    square = [[[99, 16], [99.5, 16], [99.5, 16.5], [99, 16.5], [99, 16]]]
    shapes = [
        {"type": "Polygon", "coordinates": square},
        {"type": "Point", "coordinates": [99, 16]},
    ]
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {"registration_no": "3-11(3)-1/55กพ", "season": "2567/68"},
        }
        for shape in shapes
    ]
    file = tmp_path / "zones.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    tally = ingest(fresh, SOURCE, file_payloads([file]), file.name)

    assert (tally.inserted, tally.reasons) == (1, {"geometry is not an outline": 1})
    with fresh.cursor() as cursor:
        cursor.execute("SELECT mill_ref, season, ST_Area(geom) FROM mill_zone")
        assert cursor.fetchall() == [("10620000125552", 2024, 0.25)]
