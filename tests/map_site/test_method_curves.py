"""The curves of attribution: drawn of what was measured, with their table, or not at all."""

from pathlib import Path

from map_site.method_curves import attribution_curves

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


def test_without_measurement_there_is_no_curve(home: Path) -> None:
    assert attribution_curves("th", home / "curves.csv") == []
