"""CQL2 by chance: whatever a filter asks, it is refused or answered, and never fails below."""

from collections import Counter
from random import Random

from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL

from geo_api.database.connections import Reads
from geo_api.features.columns import columns
from geo_api.features.cql2.sql import OPERATIONS, condition
from layers.catalog import catalog
from layers.query import BadQuery, Filter
from tests.makers import factory

PROPERTIES = ("name", "id", "workers", "horsepower", "factory_group", "updated_on", "geom")
VALUES = (
    *("'a'", "'ß%'", "'2026-01-01'", "5", "0", "-3.5", "1e300", "1e-300", "true"),
    *("DATE('2026-01-01')", "TIMESTAMP('2026-01-01T00:00:00Z')", "INTERVAL(updated_on, '..')"),
    *("POINT(100 13)", "BBOX(170,-10,-170,10)", "LINESTRING(99 13,101 14)", "('a','b')", "(1,2)"),
    "GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))",
)
NUMBERS = ("workers", "horsepower", "0", "-3.5", "1e300", "distance_m(geom,POINT(100 13))")
TEXTS = ("name", "id", "'a'", "'ß%'")
SIGNS = ("=", "<>", "<", ">", "<=", ">=")
CALLED = sorted(name for name in OPERATIONS if "_" in name)


class Writer:
    """Writes conditions, most of them sound, by a chance that is the same in each run."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def condition(self, depth: int = 2) -> str:
        pick = self._random.choice
        if depth and self._random.random() < 0.4:
            parts = (self.condition(depth - 1), self.condition(depth - 1))
            return pick(("({0} and {1})", "({0} or {1})", "not ({0})")).format(*parts)
        return pick(
            (
                f"{self.number()} {pick(SIGNS)} {self.number()}",
                f"{self.text()} {pick((*SIGNS, 'like'))} {self.text()}",
                f"{self.any()} {pick((*SIGNS, 'like'))} {self.any()}",
                f"{self.number()} between {self.any()} and {self.number()}",
                f"{self.any()} in ({self.any()}, {self.any()})",
                f"{self.any()} is null",
                f"{pick(CALLED)}({self.any()}, {self.any()})",
            )
        )

    def number(self, depth: int = 3) -> str:
        if not depth or self._random.random() < 0.4:
            return self._random.choice(NUMBERS)
        sign = self._random.choice(("+", "-", "*", "/", "^", "%", "div"))
        return f"({self.number(depth - 1)} {sign} {self.number(depth - 1)})"

    def text(self, depth: int = 3) -> str:
        if not depth or self._random.random() < 0.5:
            return self._random.choice(TEXTS)
        return f"{self._random.choice(('casei', 'accenti'))}({self.text(depth - 1)})"

    def any(self) -> str:
        return self._random.choice((self.text(1), self.number(1), *PROPERTIES, *VALUES))


def test_no_condition_fails_in_the_database(reads: Reads, connection: Connection) -> None:
    factory(connection, "a", workers=10, horsepower=5.5, name="Café 100%", updated_on="2026-01-01")
    factory(connection, "b", workers=0, horsepower=1e308)
    factory(connection, "c")
    known = columns(reads, catalog()["factories"])
    writer = Writer(7)

    became: Counter[str] = Counter()
    for _ in range(2000):
        try:
            asked = condition(Filter(writer.condition()), known)
        except BadQuery:
            became["refused"] += 1
        else:
            reads.fetch(SQL("SELECT id FROM published.factories WHERE {}").format(asked))
            became["answered"] += 1

    assert min(became["refused"], became["answered"]) > 400
