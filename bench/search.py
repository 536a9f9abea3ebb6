"""python -m bench.search: how long a search takes among 150,000 factories, beside ILIKE.

The factories have made-up names of words that Thai companies are named with, and registration
numbers as the register writes them; provinces, districts and estates are the demo's. What people
type is asked one letter after the other, as the box in the header does, and each question once:
nothing is answered from a cache.
"""

import argparse
import io
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate
from geo_api.demo.load import load
from geo_api.search.answers import search
from geo_api.search.names import keep_names
from geo_api.settings import Settings
from layers.reports.found import SearchQuery

FACTORIES = 150_000
MUST_P95_MS = 100
_FIRST = """
    ไทย สยาม เอเชีย รุ่งเรือง เจริญ ทรัพย์ ศรี พัฒนา สหะ มิตร บูรพา อุดม ทอง เพชร กรุงเทพ ชัย
    ธน วัฒนา ไพศาล นำ โชค ทวี ยูนิ แสง เอส.เค. พี.เอ็น. ที.เอส. กิจ ประเสริฐ สมบูรณ์ ไทยรุ่ง
    แปซิฟิก
"""
_SECOND = """
    พลาสติก การ์เมนท์ โลหะ น้ำตาล แป้งมัน ยาง เคมี อาหาร ห้องเย็น โรงสี ไม้ยาง บรรจุภัณฑ์
    กระดาษ เครื่องจักร ฟู้ดส์ สตีล อิเล็กทรอนิกส์ ชิ้นส่วน เซรามิก รีไซเคิล คอนกรีต ซีเมนต์
    เยื่อกระดาษ เฟอร์นิเจอร์ สิ่งทอ ฟอกย้อม น้ำมันพืช อาหารสัตว์ ปุ๋ย แก้ว
"""
_THIRD = """
    อุตสาหกรรม รุ่งเรือง เจริญ อินเตอร์เนชั่นแนล กรุ๊ป เทคโนโลยี (ประเทศไทย) พาณิชย์
    แมนูแฟคเจอริ่ง โปรดักส์ เอ็นจิเนียริ่ง 1999 2000 แอนด์ซันส์ ซัพพลาย
"""
TYPED = """
    กาญจนบุรี กาญจนบรี kanchanaburi ayuthaya เมืองขอนแก่น สมุทรสาคร samutsakon บางปู
    ไทยพลาสติก น้ำตาล มิตรเจริญ namtan thai plastik สยามเคมี ฟอกย้อม อุดมโลหะ 3-53(3)-12/51
    10740001 บริษัทไทยรุ่ง นครราชสิมา chiang บ้านโป่ง โรงสีทวีทรัพย์ udomlohaa ๑๒๓๔
    เครื่องจักร
"""
_MADE = "CREATE TEMPORARY TABLE made (id text, no text, name text, lon float8, lat float8)"
_FLOOR = """
    SELECT name_th FROM published.provinces WHERE name_th ILIKE %(q)s OR name_en ILIKE %(q)s
    UNION ALL
    SELECT name_th FROM published.districts WHERE name_th ILIKE %(q)s OR name_en ILIKE %(q)s
    UNION ALL
    (SELECT name FROM published.factories WHERE name ILIKE %(q)s OR registration_no ILIKE %(q)s
    ORDER BY name LIMIT 10)
    LIMIT 10
"""


def main() -> int:
    """Exits with 1 where the 95th percentile is above what is promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path(".bench/search"))
    parser.add_argument("--factories", type=int, default=FACTORIES)
    given = parser.parse_args()
    with database(Settings(home=given.home), _say) as url:
        with closing(owner_connection(url)) as connection:
            _fill(connection, url, given.factories)
        with closing(Pool(login_url(url, READER), 1)) as pool:
            ours = _times(lambda text: search(pool, SearchQuery(text)))
            floor = _times(lambda text: pool.fetch(_FLOOR, {"q": f"%{text}%"}))
    _say(f"{given.factories:,} factories, {len(ours)} questions, milliseconds")
    _say(f"search: {_told(ours)}; slowest: {max(ours)[1]!r}")
    _say(f"ILIKE without an index (no typos, sounds or order): {_told(floor)}")
    return int(_p95(ours) > MUST_P95_MS)


def _questions() -> Iterator[str]:
    for typed in TYPED.split():
        for length in range(1, len(typed) + 1):
            yield typed[:length]


def _times(ask: Callable[[str], object]) -> list[tuple[float, str]]:
    """Milliseconds and what was asked, after one round that warms up."""
    for text in TYPED.split():
        ask(text)
    times = []
    for text in dict.fromkeys(_questions()):
        began = time.perf_counter()
        ask(text)
        times.append((1000 * (time.perf_counter() - began), text))
    return times


def _told(times: list[tuple[float, str]]) -> str:
    median = statistics.median(ms for ms, _ in times)
    return f"p50 {median:.0f}, p95 {_p95(times):.0f}, max {max(times)[0]:.0f}"


def _p95(times: list[tuple[float, str]]) -> float:
    return sorted(times)[int(0.95 * len(times))][0]


def _fill(connection: Connection, url: str, factories: int) -> None:
    """Once: the demo, whose factories give way to as many of ours."""
    migrate(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM factory WHERE source = 'bench'")
        if cursor.fetchone() == (factories,):
            connection.rollback()
            return
        load(connection, scale=0.05, seed=1, until=datetime.now(UTC), say=_say)
        _say(f"Making {factories:,} factories")
        cursor.execute("DELETE FROM factory WHERE source = 'bench'")
        cursor.execute(_MADE)
        cursor.copy_expert("COPY made FROM STDIN", _factories(factories))
        cursor.execute(
            "INSERT INTO factory (id, source, registration_no, name, status, location_precision,"
            " province_code, geom) SELECT id, 'bench', no, name, 'operating', 'government', '74',"
            " ST_SetSRID(ST_MakePoint(lon, lat), 4326) FROM made"
        )
        began = time.perf_counter()
        keep_names(cursor, ["factory"])
        _say(f"Their names were made in {time.perf_counter() - began:.1f} s")
    connection.commit()


def _factories(count: int) -> io.StringIO:
    chance = random.Random(1)
    text = io.StringIO()
    first, second, third = _FIRST.split(), _SECOND.split(), _THIRD.split()
    for number in range(count):
        words = [chance.choice(first), chance.choice(first), chance.choice(second)]
        name = f"บริษัท {''.join(words)} {chance.choice(third)} จำกัด"
        sort, year = chance.randint(1, 107), chance.randint(20, 68)
        registration = f"จ3-{sort}({chance.randint(1, 9)})-{chance.randint(1, 400)}/{year:02d}สค"
        lon, lat = 98 + 6 * chance.random(), 13 + 5 * chance.random()
        text.write(f"{number + 10_740_000_000_000}\t{registration}\t{name}\t{lon}\t{lat}\n")
    text.seek(0)
    return text


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
