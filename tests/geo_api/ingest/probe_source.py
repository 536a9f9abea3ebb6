"""A source as small as can be, with a table of its own, to see what a run does with either."""

from collections.abc import Iterable
from pathlib import Path

from psycopg2.extensions import connection as Connection

from layers.model import Delivery, Format, Record, Rejected, Row, Source, Text, row_by_row


def _read(record: Record, _: Delivery) -> Iterable[Row | Rejected]:
    if record.text("n") == "odd":
        yield Rejected(record, "n is odd", "stored without", stored=True)
        record.values["n"] = None
    values = {"id": record.text("id"), "n": record.number("n"), "source": "probe"}
    extra = record.text("extra")
    yield Row("probe", values | ({"extra": extra} if extra else {}))


PROBE = Source(
    name="probe",
    title=Text("ตัวอย่าง", "Probe"),
    url="",
    licence="",
    tables=("probe",),
    formats=(
        Format("csv", frozenset({"id", "n"}), frozenset({"extra"}), ignored=frozenset({"filler"})),
    ),
    parse=row_by_row(_read),
)


def create_probe(connection: Connection) -> None:
    """The table of the source and its staged shape, committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE probe"
            " (id text PRIMARY KEY, n float8, source text NOT NULL, run_id bigint);"
            " CREATE TABLE staging.probe (id text NOT NULL, n float8, source text NOT NULL)"
        )
    connection.commit()


def csv_file(folder: Path, *lines: str, header: str = "id,n") -> Path:
    """A CSV file of the lines."""
    path = folder / "probe.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path
