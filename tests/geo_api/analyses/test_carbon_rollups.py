"""Carbon by group for its owner: whatever the groups, they add up to the same whole."""

from dataclasses import astuple
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses.rollups.carbon import NONE, SEVERAL, Group, NoReturnsOfYear, rollup
from geo_api.analyses.rollups.carbon_sql import GROUPS
from tests.makers import box, factory_return, firm, insert, province


@pytest.fixture(autouse=True)
def returned(connection: Connection) -> None:
    """Ten firms of two provinces, all with diesel and power and two with bagasse; one makes two
    products, and one stands where two towns overlap."""
    province(connection, "74")
    province(connection, "73", wkt=box(101, 13, 102, 14))
    for n in range(10):
        id = firm(
            connection, f"f{n}", lon=100.1 + n / 100, lat=13.5,
            province_code="74" if n < 7 else "73", isic_code=("10721", "29301", None)[n % 3],
            estate="นิคมบางชัน" if n in (1, 2) else None,
        )  # fmt: skip
        factory_return(connection, id, 2024, "diesel", 1000.7 * (n + 1))
        factory_return(connection, id, 2024, "grid_electricity", 3333.3 * (n + 1), "kWh")
        made(connection, id, "น้ำตาล" if n < 5 else "เหล็ก")
    for id in ("f0", "f8"):
        factory_return(connection, id, 2024, "bagasse", 1e6, "kg")
    made(connection, "f3", "กากน้ำตาล")
    town(connection, "west", box(100.05, 13, 100.125, 14))
    town(connection, "east", box(100.115, 13, 100.145, 14))


def made(connection: Connection, id: str, product: str) -> None:
    insert(
        connection, "return_item", factory_ref=id, factory_id=id, item="product", code=product,
        period_start="2024-01-01", period_end="2024-12-31", returned_on="2025-02-01", quantity=9,
        unit="kg", given_quantity=9, given_unit="kg", source="operation_returns",
    )  # fmt: skip


def town(connection: Connection, id: str, wkt: str) -> None:
    insert(
        connection, "eco_town", id=id, name_th=id, province_code="74", phase=1, named_parts=1,
        area_codes="{}", source="eco_towns",
    )  # fmt: skip
    insert(connection, "eco_town_outline", eco_town_id=id, wkt=wkt, source="eco_towns")


def by(connection: Connection, name: str) -> dict[str, Group]:
    return {group.code: group for group in rollup(connection, name, 2024)}


def whole(groups: Any) -> list[float]:
    """Factories, and each of the sums, over all groups."""
    rows = [astuple(group) for group in groups]
    return [sum(row[column] for row in rows) for column in (1, 3, 4, 5, 6)]


@pytest.mark.parametrize("name", GROUPS)
def test_groups_add_up_to_the_whole(connection: Connection, name: str) -> None:
    groups = by(connection, name)

    # 55 = 1 + 2 + … + 10; the factors are those that the product ships for 2024.
    assert whole(groups.values()) == [
        10,
        pytest.approx(55 * 1000.7 * 2.7078 / 1000, rel=1e-12),
        pytest.approx(55 * 3333.3 * 0.4999 / 1000, rel=1e-12),
        pytest.approx(whole(by(connection, "province").values())[3], rel=1e-12),
        pytest.approx(whole(by(connection, "province").values())[4], rel=1e-12),
    ]
    assert len(groups) > 1
    assert whole(groups.values())[4] > 0


def test_a_factory_in_no_group_or_in_several_is_told_apart(connection: Connection) -> None:
    towns, products, estates = (by(connection, n) for n in ("eco_town", "product", "estate"))

    assert {code: one.factories for code, one in towns.items()} == {
        "west": 2, "east": 2, SEVERAL: 1, NONE: 5,
    }  # fmt: skip
    assert {code: one.factories for code, one in products.items()} == {
        "น้ำตาล": 4, "เหล็ก": 5, SEVERAL: 1,
    }  # fmt: skip
    assert {code: one.factories for code, one in estates.items()} == {"นิคมบางชัน": 2, NONE: 8}


def test_each_group_says_what_forbids_to_publish_it(connection: Connection) -> None:
    assert by(connection, "estate")["นิคมบางชัน"].fault == "few"
    # Of biomass one works alone.
    assert {one.fault for one in by(connection, "province").values()} == {"few"}


def test_a_year_without_returns_is_no_zero(connection: Connection) -> None:
    with pytest.raises(NoReturnsOfYear, match="2019"):
        rollup(connection, "estate", 2019)
