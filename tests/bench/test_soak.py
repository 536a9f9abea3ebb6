"""What the soak says of memory: flat at the end, and no more than is promised."""

from random import Random

import pytest

from bench.soak import MOST_MB, Seen, path


@pytest.mark.parametrize(
    ("megabytes", "bounded"),
    [
        ([100.0, 200.0, 250.0, 252.0], True),
        ([100.0, 150.0, 200.0, 250.0], False),
        ([MOST_MB + 1.0] * 4, False),
    ],
)
def test_memory_that_still_grows_or_is_too_much_is_not_bounded(
    megabytes: list[float], bounded: bool
) -> None:
    samples = [one for one in megabytes for _ in range(5)]

    assert Seen(samples).bounded is bounded


def test_a_client_asks_for_much_and_hardly_ever_the_same() -> None:
    chance = Random(1)

    asked = [path(chance) for _ in range(1000)]

    assert len(set(asked)) > 800
