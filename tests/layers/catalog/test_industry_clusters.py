"""Location quotients by province: shares of shares, and none of few factories."""

import re
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from layers import catalog
from layers.reference.industries import cluster_codes
from tests.makers import box, factory, province

SQL = Path(catalog.__file__).parent / "industry_clusters.sql"


def factories(connection: Connection, code: str, **counts: int) -> None:
    """So many operating factories of each TSIC code, written as in tsic_10721."""
    for tsic, count in counts.items():
        for n in range(count):
            isic = tsic.removeprefix("tsic_")
            factory(
                connection, f"{code}-{tsic}-{n}", province_code=code,
                isic_code=None if isic == "none" else isic,
            )  # fmt: skip


def rows(connection: Connection, columns: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {columns} FROM published.industry_clusters ORDER BY id")
        return {id: tuple(rest) for id, *rest in cursor.fetchall()}


def test_a_quotient_is_the_province_s_share_over_the_country_s(connection: Connection) -> None:
    province(connection, "74")
    province(connection, "20", wkt=box(101, 13, 102, 14))
    # Of 20 and of 30: 10 and 5 agro, none and 15 automotive; what has no code is not counted.
    factories(connection, "74", tsic_10721=10, tsic_25999=10, tsic_none=50)
    factories(connection, "20", tsic_11041=5, tsic_29301=15, tsic_25999=10)

    found = rows(connection, "classified, agro_lq, automotive_lq, new_lq, strongest")

    agro, automotive = 15 / 50, 15 / 50
    assert found["74"] == (20, pytest.approx(0.5 / agro), 0, None, "agro")
    assert found["20"] == (
        *(30, pytest.approx(5 / 30 / agro), pytest.approx(0.5 / automotive)),
        *(None, "automotive"),
    )


def test_of_few_factories_or_none_above_the_country_nothing_is_strongest(
    connection: Connection,
) -> None:
    province(connection, "74")
    province(connection, "20", wkt=box(101, 13, 102, 14))
    province(connection, "21", wkt=box(102, 13, 103, 14))
    factories(connection, "74", tsic_26101=14)
    factories(connection, "20", tsic_25999=20)
    factories(connection, "21", tsic_30300=10, tsic_30911=10)

    found = rows(connection, "new_factories, new_lq, strongest")

    assert found["74"] == (14, None, None)
    assert found["20"] == (0, 0, "none")
    assert found["21"][0] == 10, "of division 30 aircraft alone"


def test_the_view_has_the_codes_of_the_list_that_everybody_may_read() -> None:
    written = re.findall(r"\('(agro|automotive|new)', '(\d+)'\)", SQL.read_text(encoding="utf-8"))

    assert written == [(one.cluster, one.tsic) for one in cluster_codes().values()]
