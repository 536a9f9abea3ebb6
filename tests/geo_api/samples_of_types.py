"""A throw-away layer with a column of every type that a view may have, and what each value is in
every family of formats."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.column_types import Column
from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.logins import login_url
from geo_api.features.columns import columns
from geo_api.settings import Settings
from layers.model import Field, Layer, Style, Text, Tiling
from tests.databases import new_database
from tests.serving import serving


@dataclass(frozen=True)
class Sample:
    """A column `name` of the `type` whose value is `literal`: in JSON `json`, in text `text`, and
    in an English page `page`, each as in JSON where it is not given. `empty` is a further value as
    PostgreSQL reads it, and as JSON has it."""

    name: str
    type: str
    literal: str
    json: Any
    text: str | None = None
    page: str | None = None
    empty: tuple[str, Any] | None = None

    @property
    def in_text(self) -> str:
        return str(self.json) if self.text is None else self.text

    @property
    def in_page(self) -> str:
        return str(self.json) if self.page is None else self.page


def _list(name: str, type: str, literal: str, json: list[Any], text: str, page: str) -> Sample:
    return Sample(name, f"{type}[]", literal, json, text, page, empty=("{}", []))


UUID = "0b7a4c1e-5f7e-4c55-9d0e-6a1f0c2b3d4e"
INSTANT = "2026-02-01T05:30:15.25+00:00"
ODD = 'ก "<&>", =1'
DOCUMENT = '{"a": [1, "<&"], "b": "ก"}'
_EMPTY = ("", "")

SAMPLES = (
    Sample("a_text", "text", ODD, ODD, empty=_EMPTY),
    Sample("a_varchar", "varchar(12)", ODD, ODD, empty=_EMPTY),
    # As long as its type says, in every format.
    Sample("a_char", "char(4)", "ab", "ab  "),
    Sample("a_name", "name", "rolname", "rolname"),
    Sample("an_enum", "sample_level", "<high>", "<high>"),
    Sample("a_domain", "sample_code", "74", "74", empty=_EMPTY),
    Sample("a_uuid", "uuid", UUID, UUID),
    Sample("a_time", "time", "10:30", "10:30:00"),
    Sample("a_smallint", "smallint", "-7", -7),
    Sample("an_integer", "integer", "2147483647", 2147483647, page="2,147,483,647"),
    Sample("a_bigint", "bigint", "9007199254740991", 2**53 - 1, page="9,007,199,254,740,991"),
    Sample("a_real", "real", "0.1", 0.1),
    Sample("a_double", "double precision", "0.30000000000000004", 0.1 + 0.2, page="0.3"),
    Sample("a_numeric", "numeric(8,3)", "12.5", 12.5, text="12.500"),
    Sample("a_plain_numeric", "numeric", "0.1", 0.1),
    Sample("a_boolean", "boolean", "true", True, text="true", page="yes"),
    Sample("a_date", "date", "2026-01-31", "2026-01-31", page="31 Jan 2026"),
    Sample(
        *("a_timestamptz", "timestamptz", "2026-02-01T12:30:15.25+07:00", INSTANT),
        text="2026-02-01T05:30:15.25Z",
        page="1 Feb 2026 12:30",
    ),
    Sample("an_interval", "interval", "2 hours 30 minutes", "PT2H30M"),
    Sample(
        *("a_json", "json", DOCUMENT, {"a": [1, "<&"], "b": "ก"}, DOCUMENT, DOCUMENT),
        empty=("{}", {}),
    ),
    Sample("a_jsonb", "jsonb", "[1]", [1], "[1]", "1", empty=("[]", [])),
    _list("texts", "text", '{a,NULL,"<,>"}', ["a", None, "<,>"], '["a",null,"<,>"]', "a, , <,>"),
    _list("varchars", "varchar(3)", "{a,b}", ["a", "b"], '["a","b"]', "a, b"),
    _list("integers", "integer", "{1,NULL}", [1, None], "[1,null]", "1, "),
    _list(
        "bigints",
        "bigint",
        "{9007199254740991}",
        [2**53 - 1],
        f"[{2**53 - 1}]",
        f"{2**53 - 1:,}",
    ),
    _list("reals", "real", "{0.1}", [0.1], "[0.1]", "0.1"),
    _list("doubles", "double precision", "{0.1,2}", [0.1, 2], "[0.1,2]", "0.1, 2"),
    _list("numerics", "numeric", "{0.10}", [0.1], "[0.10]", "0.1"),
    _list("booleans", "boolean", "{t,f}", [True, False], "[true,false]", "yes, no"),
    _list("dates", "date", "{2026-01-31}", ["2026-01-31"], '["2026-01-31"]', "31 Jan 2026"),
    _list(
        "times", "timestamptz", f"{{{INSTANT}}}", [INSTANT], f'["{INSTANT}"]', "1 Feb 2026 12:30"
    ),
    _list("enums", "sample_level", "{low}", ["low"], '["low"]', "low"),
    _list("uuids", "uuid", f"{{{UUID}}}", [UUID], f'["{UUID}"]', UUID),
    _list("intervals", "interval", "{90 minutes}", ["PT1H30M"], '["PT1H30M"]', "PT1H30M"),
)

LAYER = Layer(
    name="samples",
    title=Text("ตัวอย่าง", "Samples"),
    description=Text("ค่าทุกชนิด", "Values of every type."),
    licence="CC-BY-4.0",
    attribution="nobody",
    style=Style("#000000"),
    sources=(),
    stale_after=timedelta(days=1),
    fields=tuple(Field(one.name, Text(one.name, one.name)) for one in SAMPLES),
    tiling=Tiling(fields=tuple(one.name for one in SAMPLES)),
)
# Whose tiles are made another way.
ORDERED = replace(LAYER, name="ordered_samples", tiling=replace(LAYER.tiling, order="an_integer"))


@contextmanager
def serving_samples(
    database_url: str, template: str, settings: Settings
) -> Iterator[tuple[str, Mapping[str, Column]]]:
    """The address of a service of both layers, whose features are `full`, `empty` and `none`, and
    the columns."""
    with new_database(database_url, template) as url:
        connection = owner_connection(url)
        _fill(connection)
        connection.commit()
        connection.close()
        pool = Pool(login_url(url, READER), 2)
        layers = {layer.name: layer for layer in (LAYER, ORDERED)}
        with serving(create_app(pool, settings, layers)) as address:
            yield address, columns(pool, LAYER)
        pool.close()


def _fill(connection: Connection) -> None:
    columns = ", ".join(f"{one.name} {one.type}" for one in SAMPLES)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TYPE sample_level AS ENUM ('low', '<high>')")
        cursor.execute("CREATE DOMAIN sample_code AS varchar(2)")
        cursor.execute(f"CREATE TABLE sample (id text, geom geometry(Point, 4326), {columns})")
        for place, (id, values) in enumerate(
            {
                "full": {one.name: one.literal for one in SAMPLES},
                "empty": {one.name: one.empty[0] for one in SAMPLES if one.empty},
                "none": {},
            }.items()
        ):
            names = ", ".join(["id", "geom", *values])
            places = ", ".join(["%s"] * len(values))
            cursor.execute(
                f"INSERT INTO sample ({names}) VALUES (%s, ST_Point(%s, 13, 4326)"
                f"{', ' if values else ''}{places})",
                (id, 100 + place / 1000, *values.values()),
            )
        for layer in (LAYER, ORDERED):
            cursor.execute(f"CREATE VIEW published.{layer.name} AS SELECT * FROM sample")
            cursor.execute("INSERT INTO published.reads VALUES (%s, 'sample')", (layer.name,))
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA published TO {READER}")
