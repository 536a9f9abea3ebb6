"""Flows of waste between provinces: what is published, what is not, and what stands."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.analyses.editions.waste import kept_editions
from geo_api.analyses.waste_flows import NoMovements
from geo_api.settings import Settings
from layers.methods.disclosure.table import TOTAL
from tests.layers.methods.disclosure.attackers import successes
from tests.makers import box, factory, insert, province


@pytest.fixture
def ground(fresh: Connection) -> Connection:
    """Two provinces, each with factories a0 … a5 and b0 … b5."""
    province(fresh, "74")
    province(fresh, "19", name_th="สระบุรี", name_en="Saraburi", wkt=box(100.5, 14.3, 101.3, 15))
    for number in range(6):
        factory(fresh, f"a{number}", lon=100.2 + number / 100)
        factory(fresh, f"b{number}", lon=100.9, lat=14.5 + number / 100, province_code="19")
    fresh.commit()
    return fresh


def moved(connection: Connection, *pairs: tuple[str, str], tonnes: float = 10, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM waste_movement")
        (before,) = cursor.fetchone() or (0,)
    for number, (sender, receiver) in enumerate(pairs, before):
        insert(
            connection, "waste_movement",
            **{
                "id": str(number), "moved_on": date(2024, 3, 1), "generator_ref": sender,
                "receiver_ref": receiver, "waste_code": "010101", "hazardous": False,
                "tonnes": tonnes, "source": "waste_movements", **more,
            },
        )  # fmt: skip
    connection.commit()


def flows(connection: Connection, settings: Settings) -> dict[str, tuple[Any, ...]]:
    analyse(connection, "waste_flows", settings)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, tonnes, generators, receivers, withheld FROM published.waste_flows"
        )
        return {id: tuple(rest) for id, *rest in cursor.fetchall()}


FIVE = tuple((f"a{n}", f"b{n}") for n in range(5))


def test_a_flow_of_five_senders_and_five_receivers_is_published(
    ground: Connection, settings: Settings
) -> None:
    moved(ground, *FIVE)

    assert flows(ground, settings) == {"2024-74-19-other": (50, 5, 5, False)}


@pytest.mark.parametrize(
    "pairs",
    [
        FIVE[:4],
        tuple((f"a{n}", "b0") for n in range(5)),
        tuple(("a0", f"b{n}") for n in range(5)),
    ],
)
def test_a_flow_of_fewer_at_either_end_is_withheld_and_not_nothing(
    ground: Connection, settings: Settings, pairs: tuple[tuple[str, str], ...]
) -> None:
    moved(ground, *pairs)

    assert flows(ground, settings) == {"2024-74-19-other": (None, None, None, True)}


def test_a_flow_that_one_dominates_is_withheld(ground: Connection, settings: Settings) -> None:
    moved(ground, *FIVE)
    moved(ground, ("a0", "b0"), tonnes=5_000)

    assert flows(ground, settings)["2024-74-19-other"][-1] is True


def test_hazardous_waste_and_each_year_and_direction_are_flows_of_their_own(
    ground: Connection, settings: Settings
) -> None:
    moved(ground, *FIVE)
    moved(ground, *FIVE, hazardous=True, tonnes=2)
    moved(ground, *FIVE, moved_on=date(2023, 5, 1))
    moved(ground, *((b, a) for a, b in FIVE))
    moved(ground, *FIVE, tonnes=90_000, doubts=["tonnes_implausible"])

    found = flows(ground, settings)

    assert {id: tonnes for id, (tonnes, *_) in found.items()} == {
        "2024-74-19-other": 50,
        "2024-74-19-hazardous": 10,
        "2023-74-19-other": 50,
        "2024-19-74-other": 50,
    }


def test_a_late_load_of_one_cannot_be_read_from_the_difference(
    ground: Connection, settings: Settings
) -> None:
    moved(ground, *FIVE)
    flows(ground, settings)
    moved(ground, ("a5", "b5"), tonnes=7)

    assert flows(ground, settings)["2024-74-19-other"] == (50, 5, 5, False)


def test_late_loads_of_many_change_the_figure(ground: Connection, settings: Settings) -> None:
    moved(ground, *FIVE)
    flows(ground, settings)
    moved(ground, *FIVE, tonnes=1)

    assert flows(ground, settings)["2024-74-19-other"] == (55, 5, 5, False)


def test_a_flow_is_a_wedge_that_narrows_to_where_it_goes_and_a_disc_that_stays(
    ground: Connection, settings: Settings
) -> None:
    moved(ground, *FIVE)
    moved(ground, *((a, f"a{(n + 1) % 5}") for n, (a, _) in enumerate(FIVE)))
    flows(ground, settings)

    with ground.cursor() as cursor:
        cursor.execute(
            "SELECT w.id, ST_IsValid(w.geom), ST_NPoints(w.geom),"
            " ST_Distance(w.geom, ST_PointOnSurface(p.geom)) < 1e-9"
            " FROM published.waste_flows AS w JOIN province AS p ON p.code = w.to_province"
            " ORDER BY w.id"
        )
        assert cursor.fetchall() == [
            ("2024-74-19-other", True, 4, True),
            ("2024-74-74-other", True, 17, True),
        ]


@pytest.mark.parametrize("source", ["waste_movements", "demo"])
def test_flows_of_the_simulated_world_are_called_so_and_no_others(
    ground: Connection, settings: Settings, source: str
) -> None:
    insert(ground, "run", source="demo", input="test", status="succeeded", finished_at="now")
    moved(ground, *FIVE, source=source)
    flows(ground, settings)

    with ground.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM published.simulated_views WHERE view_name = 'waste_flows'"
        )
        assert cursor.fetchone() == (int(source == "demo"),)


def test_without_movements_it_fails_and_says_what_it_needs(
    ground: Connection, settings: Settings
) -> None:
    with pytest.raises(NoMovements, match="needs movements"):
        flows(ground, settings)


def at_random(connection: Connection, chance: np.random.Generator, loads: int) -> None:
    """Of some provinces many factories and of most few; the second half receive."""
    codes = np.array(["74", "19", "73", "70"])
    for load in range(loads):
        sender, receiver = (int(20 * chance.random() ** 1.5) for _ in range(2))
        for id in (f"g{sender}", f"r{receiver}"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM factory WHERE id = %s", (id,))
                if not cursor.fetchone():
                    code = str(chance.choice(codes, p=[0.4, 0.3, 0.2, 0.1]))
                    factory(connection, id, province_code=code)
        moved(
            connection, (f"g{sender}", f"r{receiver}"),
            tonnes=float(np.exp(chance.normal(2, 1))), hazardous=bool(load % 2),
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_no_attack_on_flows_and_totals_of_two_vintages_succeeds_from_either_side(
    ground: Connection, settings: Settings, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    province(ground, "73", wkt=box(101.5, 13, 102, 14))
    province(ground, "70", wkt=box(102.5, 13, 103, 14))
    at_random(ground, chance, 120)
    flows(ground, settings)
    first = totals(ground)
    at_random(ground, chance, 40)
    flows(ground, settings)

    with ground.cursor() as cursor:
        kept = kept_editions(cursor, ("19", "70", "73", "74"))
        cursor.execute("SELECT id, tonnes FROM published.waste_flows")
        shown = {**dict(cursor.fetchall()), **totals(ground)}

    assert first and {hazard for _, hazard in kept} == {"other", "hazardous"}
    for (year, hazard), vintages in kept.items():
        figures = vintages[-1][0].publication.figures
        for (origin, destination), figure in figures.items():
            if (origin, destination) != (TOTAL, TOTAL):
                told = shown.get(f"{year}-{origin}-{destination}-{hazard}")
                assert told == (figure.amounts[0] if figure.amounts else None)
        for side in (0, 1):
            assert successes([sides[side] for sides in vintages]) == [], (hazard, side)


def totals(connection: Connection) -> dict[str, float | None]:
    """What provinces send and receive in all, by the id that a flow would have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT year, hazard, province_code, sent_tonnes, received_tonnes"
            " FROM published.waste_balance"
        )
        found: dict[str, float | None] = {}
        for year, hazard, code, sent, received in cursor.fetchall():
            found[f"{year}-{code}-{TOTAL}-{hazard}"] = sent
            found[f"{year}-{TOTAL}-{code}-{hazard}"] = received
    return found


def test_a_withheld_flow_is_not_what_the_others_leave_of_a_total(
    ground: Connection, settings: Settings
) -> None:
    province(ground, "73", wkt=box(101.5, 13, 102, 14))
    factory(ground, "c0", province_code="73")
    moved(ground, *FIVE)
    moved(ground, ("a5", "c0"), tonnes=12)

    found = flows(ground, settings)

    assert found["2024-74-73-other"][0] is None
    sent = totals(ground)[f"2024-74-{TOTAL}-other"]
    assert None in (sent, found["2024-74-19-other"][0]), "the difference is the load of a5"


def test_the_balance_is_what_is_received_less_what_is_sent(
    ground: Connection, settings: Settings
) -> None:
    moved(ground, *FIVE)
    moved(ground, *((b, a) for a, b in FIVE), tonnes=4)
    flows(ground, settings)

    with ground.cursor() as cursor:
        cursor.execute(
            "SELECT id, sent_tonnes, received_tonnes, balance_tonnes, generators, receivers"
            " FROM published.waste_balance ORDER BY id"
        )
        assert cursor.fetchall() == [
            ("19-2024-other", 20, 50, 30, 5, 5),
            ("74-2024-other", 50, 20, -30, 5, 5),
        ]


def test_what_stands_is_as_old_as_it_was(ground: Connection, settings: Settings) -> None:
    moved(ground, *FIVE)
    moved(ground, *((b, a) for a, b in FIVE))
    flows(ground, settings)
    with ground.cursor() as cursor:
        cursor.execute("UPDATE waste_cell SET figures_of = '2025-01-01'")
    # Of one direction many come late, and of the other one.
    moved(ground, *FIVE, tonnes=1)
    moved(ground, ("b5", "a5"), tonnes=7)

    found = flows(ground, settings)

    with ground.cursor() as cursor:
        cursor.execute("SELECT id, figures_of FROM published.waste_flows")
        days = dict(cursor.fetchall())
    assert found["2024-19-74-other"] == (50, 5, 5, False)
    assert found["2024-74-19-other"] == (55, 5, 5, False)
    assert days["2024-19-74-other"] == date(2025, 1, 1) < days["2024-74-19-other"]
