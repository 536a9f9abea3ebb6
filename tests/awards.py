"""A throw-away layer `awards`: the files that a new layer needs, for a test to write elsewhere."""

from pathlib import Path

FOUNDATION = next((Path(__file__).parents[1] / "migrations" / "versions").glob("*foundation*.py"))

# By their paths: what the layer means, what it shows, whom it is from, where it is stored; and an
# analysis and an address of its own, which a layer need not have.
FILES = {
    "layers/catalog/awards.py": '''
"""Awards for clean factories."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Theme, Tiling, source_field

LAYER = Layer(
    name="awards",
    title=Text("รางวัลโรงงานสะอาด", "Clean factory awards"),
    description=Text("รางวัลที่มอบให้โรงงาน", "Awards given to factories."),
    licence="CC-BY-4.0",
    attribution="Ministry of Awards",
    style=Style("#8856a7", by="grade"),
    sources=("awards",),
    stale_after=timedelta(days=400),
    fields=(
        Field("name_th", Text("ชื่อ", "Name")),
        Field("grade", Text("ระดับ", "Grade"), values={"gold": Text("ทอง", "Gold")}),
        Field("prize_baht", Text("เงินรางวัล", "Prize"), unit="฿"),
        Field("subjects", Text("ด้าน", "Subjects")),
        Field("given_on", Text("วันที่มอบ", "Given")),
        source_field(awards=Text("กระทรวงรางวัล", "Ministry of Awards")),
    ),
    tiling=Tiling(fields=("name_th", "grade", "prize_baht", "subjects")),
    themes=(Theme.GREEN,),
)
''',
    "layers/catalog/awards.sql": """
CREATE VIEW published.awards AS
SELECT id, geom, name_th, grade, prize_baht, subjects, given_on, source
FROM award;
""",
    "layers/sources/awards.py": '''
"""The list of awards, as CSV."""

from collections.abc import Iterator

from layers.model import Delivery, Format, Record, Row, Source, Text, row_by_row


def _read(record: Record, _: Delivery) -> Iterator[Row]:
    subjects = (record.text("subjects") or "").replace(";", ",")
    yield Row(
        "award",
        {
            "id": f"award-{record.needed('no')}",
            "name_th": record.needed("name"),
            "grade": record.text("grade"),
            "prize_baht": record.number("prize", 0),
            "subjects": f"{{{subjects}}}",
            "given_on": record.text("given_on"),
            "lon": record.needed_number("lon", 97, 106),
            "lat": record.needed_number("lat", 5, 21),
            "source": SOURCE.name,
        },
    )


SOURCE = Source(
    name="awards",
    title=Text("กระทรวงรางวัล", "Ministry of Awards"),
    url="https://awards.example.org",
    licence="CC-BY-4.0",
    tables=("award",),
    formats=(
        Format(
            "csv",
            frozenset({"no", "name", "grade", "prize", "subjects", "given_on", "lon", "lat"}),
        ),
    ),
    parse=row_by_row(_read),
)
''',
    "migrations/versions/2027_01_15_award.py": f'''
"""Awards for clean factories."""

from alembic import op

revision = "2027_01_15_award"
down_revision = "{FOUNDATION.stem}"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE award (
            id text COLLATE "C" PRIMARY KEY,
            name_th text NOT NULL,
            grade text,
            prize_baht numeric(12, 2),
            subjects text[] NOT NULL,
            given_on date,
            lon float8 NOT NULL,
            lat float8 NOT NULL,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            geom geometry(Point, 4326) NOT NULL
                GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED
        );
        CREATE INDEX award_geom ON award USING gist (geom);
        CREATE INDEX award_geography ON award USING gist ((geom::geography));

        CREATE TABLE staging.award (
            id text, name_th text, grade text, prize_baht numeric, subjects text[],
            given_on date, lon float8, lat float8, source text
        );
        """
    )
''',
    "layers/analyses/award_count.py": '''
"""How many awards there are."""

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="award_count",
    title=Text("จำนวนรางวัล", "Number of awards"),
    sources=("awards",),
    tables=(),
)
''',
    "geo_api/analyses/award_count.py": '''
"""Counts the awards."""

from geo_api.analyses import AnalysisRun


def compute(run: AnalysisRun) -> str:
    """Counts them."""
    with run.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM award")
        (run.tally.read,) = cursor.fetchone() or (0,)
    return f"{run.tally.read} awards"
''',
    "geo_api/http/routes/award_count.py": '''
"""/api/award-count."""

from geo_api.http.dependencies import ServiceDep
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import NoneTaken
from geo_api.http.routers import DescribedRouter

router = DescribedRouter(prefix="/api", tags=["Awards"], dependencies=OPEN_DATA)


@router.get("/award-count")
def award_count(service: ServiceDep, _: NoneTaken) -> dict[str, int]:
    """How many awards there are."""
    [(count,)] = service.reads.fetch("SELECT count(*) FROM published.awards")
    return {"count": count}
''',
    "sample.csv": """no,name,grade,prize,subjects,given_on,lon,lat
1,โรงงานน้ำตาล,gold,1500000.50,water;air,2026-01-31,100.25,13.55
2,โรงงานกระดาษ,silver,,air,2026-02-01,100.26,13.56
3,"โรงงาน ""ก"", สอง",,0.10,,,100.27,13.57
""",
}
