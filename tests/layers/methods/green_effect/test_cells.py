"""Cells with too few complaints join others."""

import numpy as np

from layers.methods.green_effect.cells import cells, joined


def test_a_bin_with_too_few_complaints_joins_the_next_towards_the_centre() -> None:
    bins = np.array([-4, -3, -2, 0, 1, 2, 3])
    complaints = np.array([6.0, 5, 20, 2, 30, 9, 9])

    # −4 with −3 has 11; 3 with 2 has 18; the centre keeps what it has.
    assert joined(bins, complaints, 0).tolist() == [-3, -3, -2, 0, 1, 2, 2]


def test_a_cohort_with_too_few_complaints_in_a_bin_counts_as_the_largest() -> None:
    rows = np.array([1, 2, 3, 5])
    bins = np.array([0, 0, 1, 1])
    cohorts = np.array([2022, 2023, 2022, 2023])

    found = cells(rows, bins, cohorts, np.array([50.0, 3, 20, 10]), length=6)

    assert found.of_row.tolist() == [-1, 0, 0, 1, -1, 2]
    assert found.bins.tolist() == [0, 1, 1]
    assert found.complaints.tolist() == [53, 20, 10]
