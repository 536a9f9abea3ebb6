"""The interval of a share, against values computed by hand and in print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from layers.methods.wilson import wilson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_is_that_of_newcombe_s_table(found: int, of: int, low: float, high: float) -> None:
    interval = wilson(found, of)

    assert interval is not None
    assert interval == pytest.approx((low, high), abs=5e-5)


@given(of=st.integers(1, 5000), share=st.floats(0, 1))
def test_it_is_that_of_scipy(of: int, share: float) -> None:
    found = round(share * of)

    told = binomtest(found, of).proportion_ci(0.95, "wilson")

    assert wilson(found, of) == pytest.approx((told.low, told.high), abs=1e-6)


def test_nothing_has_no_share() -> None:
    assert wilson(0, 0) is None
