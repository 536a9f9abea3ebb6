"""The curves of attribution: drawn of what was measured, with their table, or not at all."""

import hashlib
import json
from pathlib import Path

from fastapi.testclient import TestClient

from map_site.method_curves import attribution_curves, code_of_method, curves_made

WRITTEN = """sweep,value,answer,first,three,none,true_none,sure,sure_right,abstained
wind_noise_deg,0,before,0.2000,0.4,0.3,0.4,0,nan,0.1
wind_noise_deg,0,single,0.3000,0.4,0.3,0.4,0,nan,0.1
wind_noise_deg,0,pooled,0.5000,0.4,0.3,0.4,0,nan,0.1
wind_noise_deg,90,before,0.2000,0.4,0.3,0.4,0,nan,0.1
wind_noise_deg,90,single,0.2100,0.4,0.3,0.4,0,nan,0.1
wind_noise_deg,90,pooled,nan,0.4,0.9,0.4,0,nan,0.1
of_tomorrow,1,pooled,0.5,0.4,0.3,0.4,0,nan,0.1
"""


def test_a_curve_has_a_line_for_each_answer_and_all_of_its_figures(home: Path) -> None:
    (home / "curves.csv").write_text(WRITTEN)

    [curve] = attribution_curves("en", home / "curves.csv")

    assert curve.sweep == "wind_noise_deg"
    assert curve.columns == ("pooled", "single", "before", "none", "abstained")
    assert curve.rows == (
        ("0", (50, 30, 20, 30, 10)),
        ("90", (None, 21, 20, 90, 10)),
    )
    assert [curve.chart.count(f"line-{kind}") for kind in ("this", "plain", "last")] == [1, 1, 1]
    assert "pooled" in curve.chart and ">90<" in curve.chart


def test_the_curves_say_of_what_world_and_by_what_code_they_are(home: Path) -> None:
    path = home / "curves.csv"
    path.write_text(WRITTEN)
    made = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "command": "python -m bench.complaint_attribution",
        "made_at": "2026-11-30T08:00:00+00:00",
        "code": code_of_method(),
        "python": "3.11.2",
        "numpy": "2.3.5",
        "seed": 501,
        "scale": 0.25,
        "until": "2026-04-01T00:00:00+00:00",
        "factories": 1234,
        "stations": 30,
        "complaints": 5678,
    }
    path.with_suffix(".json").write_text(json.dumps(made))

    world, software, command = curves_made("en", path)

    assert "scale 0.25 and seed 501, until 1 Apr 2026: 1,234 factories" in world
    assert "30 Nov 2026 15:00 with Python 3.11.2" in software and "in use." in software
    assert command == made["command"]
    path.with_suffix(".json").write_text(json.dumps({**made, "code": "of another method"}))
    assert "has changed since" in curves_made("en", path)[1]
    path.write_text(WRITTEN.replace("0.2000", "0.2001"))
    assert curves_made("en", path) == ()  # what is told is of other curves


def test_what_is_told_of_the_curves_that_are_shown_is_of_them(client: TestClient) -> None:
    _, _, command = curves_made("th")

    assert command in client.get("/methods").text


def test_without_measurement_there_is_no_curve(home: Path) -> None:
    assert attribution_curves("th", home / "curves.csv") == []
    assert curves_made("th", home / "curves.csv") == ()
