"""The panel: who is compared, what is left out and counted, and what is no panel."""

import numpy as np
import pandas as pd
import pytest

from layers.methods.green_effect.finding import Counts
from layers.methods.green_effect.panel import UnfitPanel, prepare, summed


def factory(
    name: str, complaints: list[int], certified: str | None = None, province: str = "21"
) -> pd.DataFrame:
    """From January 2024 on."""
    return pd.DataFrame(
        {
            "factory": name,
            "month": pd.date_range("2024-01-01", periods=len(complaints), freq="MS"),
            "complaints": complaints,
            "certified": pd.Timestamp(certified) if certified else pd.NaT,
            "province": province,
            "stratum": "small",
        }
    )


def frame(*factories: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(factories, ignore_index=True)


def test_months_count_from_that_of_certification_on() -> None:
    panel, _ = prepare(frame(factory("a", [1, 0, 2, 1], "2024-03-31"), factory("b", [1] * 4)))

    assert panel.since[:4].tolist() == [-2, -1, 0, 1]
    assert panel.after.tolist() == [False, False, True, True, *[False] * 4]
    assert (panel.cohort[0], panel.cohort[4]) == (2024, 0)
    assert panel.month[0] == 2024 * 12


def test_what_is_left_out_is_counted() -> None:
    given = frame(
        factory("certified", [3, 1, 2, 1], "2024-03-01"),
        factory("certified, silent", [0, 0, 0, 0], "2024-02-01"),
        factory("certified before", [1, 1, 1, 1], "2020-01-01"),
        factory("certified as it begins", [1, 1, 1, 1], "2024-01-15"),
        factory("other", [1, 0, 0, 0]),
        factory("other, silent", [0, 0, 0, 0]),
    )

    panel, counts = prepare(given)

    assert counts == Counts(
        certified=2,
        certified_before=2,
        with_complaints=1,
        complaints_before=4,
        complaints_after=3,
        compared_with=1,
    )
    assert sorted(panel.complaints.tolist()) == [0, 0, 0, 1, 1, 1, 2, 3]


def test_others_are_summed_by_province_stratum_and_months() -> None:
    given = frame(
        factory("a", [1, 2, 3]),
        factory("b", [4, 5, 6]),
        factory("elsewhere", [7, 7, 7], province="20"),
        factory("shorter", [1, 1]),
        factory("certified", [1, 1, 1], "2024-02-01"),
    )

    units = summed(prepare(given)[0])

    sums = [units.complaints[units.unit == unit].tolist() for unit in np.unique(units.unit)]
    assert sorted(sums) == [[1, 1], [1, 1, 1], [5, 7, 9], [7, 7, 7]]
    assert np.isfinite(units.since).sum() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda table: table.drop(columns="stratum"), "needs a column stratum"),
        (lambda table: table.assign(complaints=-1), "must be counts"),
        (lambda table: table.assign(complaints=np.nan), "no row where unknown"),
        (lambda table: pd.concat([table, table]), "one row for a month"),
        (lambda table: table.assign(month=pd.NaT), "in every row"),
        (lambda table: table.assign(certified=table["month"]), "same in all rows"),
    ],
)
def test_a_table_that_is_no_panel_is_refused(change: object, words: str) -> None:
    assert callable(change)
    with pytest.raises(UnfitPanel, match=words):
        prepare(change(frame(factory("a", [1, 2]), factory("b", [1, 1]))))
