"""The pages that explain: amounts come from the code that uses them, licences from their files."""

import math
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from layers.client import Client, report_days
from layers.methods import checks as method_checks
from layers.methods import upwind
from layers.model import Text
from layers.reports import measures
from layers.reports.method_checks import MethodCheck, MethodChecks
from layers.sources import sources
from map_site import methods
from map_site.about import about_view, licence_files
from map_site.assets import read
from map_site.methods import methods_view, topics
from map_site.rendering import render
from map_site.words import words

TODAY = datetime(2026, 3, 2, tzinfo=UTC)
# What may hold digits in the words: names of things, of laws and of their parts, and the comparison
# that says of itself how it is made.
NAMED = re.compile(
    r"PM2\.5|B\.E\. \d{4}|พ\.ศ\. \d{4}|CO2|vol\. 140|part 157|เล่ม 140|ตอนพิเศษ 157"
    r"|\(1963\)|58, 1246–1266|section 22|มาตรา 22"
    r"|24 (?:hours|ชั่วโมง)|24-hour|7 (?:days|วัน)|31 (?:December|ธันวาคม)|Gi\*"
    r"|(?:Wooldridge|Roth|Webb) \d{4}|April 2022|เมษายน 2565|for 2026|ปี 2569"
)


def page(language: str = "th") -> str:
    view = methods_view(language, TODAY.date())
    return render("methods.html", language, "/methods", section="methods", **view)


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_amount_is_written_in_the_words_of_the_methods(language: str) -> None:
    for name, text in (words()["methods"] | words()["method"]).items():
        told = NAMED.sub("", re.sub(r"\{\w+\}", "", text[language]))
        assert not re.search(r"\d", told), f"{name}: {told}"


def test_long_times_have_their_thousands_apart() -> None:
    assert "3,650 วัน" in page()


def checks(
    got: float | None = 45.0, method: str = "wind", failure: str | None = None
) -> MethodChecks:
    what = Text("ทิศจากส่วนประกอบ", "Direction from components")
    error = "ValueError: no wind" if got is None else None
    one = MethodCheck(
        *(method, "direction", what, "u = v = −3 m/s", 45.0, got, 1e-9, "°", "ECMWF"),
        *(got == 45, 0.01, error),
    )
    return MethodChecks(() if failure else (one,), TODAY, "0a1b2c", failure)


def checked_page(found: MethodChecks) -> str:
    view = methods_view("en", TODAY.date(), (), found)
    return render("methods.html", "en", "/methods", section="methods", **view)


def test_each_check_stands_under_its_method_with_what_it_must_and_what_it_gave() -> None:
    html = checked_page(checks())

    section = html.split('<section id="wind_between"')[1].split("</section>")[0]
    for told in ("Direction from components", "u = v = −3 m/s", "45 ± 1e-09 °", "ECMWF", "Pass"):
        assert told in section
    assert "1 of 1 checks passed, computed 2 Mar 2026" in html and "0a1b2c" in html
    assert 'class="outcome failed"' not in html


@pytest.mark.parametrize(
    ("got", "told"), [(44.0, "44"), (math.nan, "<td>–</td>"), (None, "ValueError: no wind")]
)
def test_a_check_that_fails_is_shown_and_the_page_says_so(got: float | None, told: str) -> None:
    html = checked_page(checks(got))

    assert html.count('class="outcome failed"') == 2 and told in html
    assert "0 of 1 checks passed" in html


def test_checks_that_could_not_be_computed_are_no_pass() -> None:
    html = checked_page(checks(failure="TimeoutExpired"))

    assert 'class="outcome passed"' not in html
    assert "could not be computed on this server (TimeoutExpired); that is no pass" in html


def test_checks_of_a_method_that_no_topic_names_are_shown_too() -> None:
    html = checked_page(checks(method="of_a_plugin"))

    section = html.split('<section id="other_checks"')[1].split("</section>")[0]
    assert "Direction from components" in section


def test_every_method_with_checks_has_a_topic_of_its_own() -> None:
    shown = {name for topic in topics("en", TODAY.date()) for name in topic.checks}

    assert set(method_checks.checks()) == shown


def test_the_page_and_the_api_tell_what_this_server_computed(
    client: TestClient, home: Path
) -> None:
    answer = client.get("/api/methods")
    html = client.get("/methods?lang=en").text

    told = answer.json()
    assert (told["failure"], told["failed"]) == (None, 0)
    assert told["passed"] == len(told["checks"]) == sum(map(len, method_checks.checks().values()))
    assert f"{told['passed']} of {told['passed']} checks passed" in html
    assert answer.headers["ETag"]


def test_an_amount_that_changes_in_the_code_changes_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "±45°" in page() and "น้อยกว่า 15 แห่ง" in page()

    monkeypatch.setattr(upwind, "UPWIND_DEG", 30)
    monkeypatch.setattr(methods, "LEAST_FACTORIES_FOR_RATE", 20)

    assert "±30°" in page() and "น้อยกว่า 20 แห่ง" in page()


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_topic_has_an_anchor_and_all_of_its_words(language: str) -> None:
    html = page(language)

    for topic in topics(language, TODAY.date()):
        assert f'<section id="{topic.name}"' in html and f'href="#{topic.name}"' in html
    assert "{" not in re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)
    names = {topic.name for topic in topics(language, TODAY.date())}
    assert names >= {"day", "seen", "compare", "air", "upwind", "rates", "complaints", "carbon"}


def test_the_classes_of_the_index_are_those_of_the_notice_and_of_the_table_before_it() -> None:
    rows = methods_view("en", TODAY.date())["aqi_rows"]

    assert [row[2] for row in rows] == ["0–15", "15.1–25", "25.1–37.5", "37.6–75", "75.1 and more"]
    assert [row[3] for row in rows] == ["0–25", "26–37", "38–50", "51–90", "91 and more"]


def test_the_season_is_the_one_that_the_reports_count() -> None:
    html = page("en")

    assert "begins on 1 Dec and ends with Apr" in html and "2025/26" in html
    assert measures.season_of(TODAY.date()) == 2025


def test_what_is_promised_of_complaints_stands_there() -> None:
    html = page("en")

    assert "No single complaint is published" in html and "two-sided geometric noise" in html
    assert "Not protected" in html


def test_the_factors_of_carbon_are_those_that_the_database_reckons_with(
    client: TestClient, connection: Connection
) -> None:
    html = client.get("/methods?lang=en").text

    with connection.cursor() as cursor:
        cursor.execute("SELECT energy, kgco2e_per_unit FROM emission_factor")
        factors = cursor.fetchall()
    assert len(factors) > 10
    for energy, value in factors:
        assert words()["factor"][f"energy_{energy}"].en in html
        assert f"{value:.4f} kg CO₂e/" in html
    # From a day on, without an end that is known.
    assert "1 Jan 2026 – …" in html


def test_about_names_every_source_with_its_terms_and_layers() -> None:
    view = about_view("en", "https://here.example", None, TODAY)
    html = render("about.html", "en", "/about", section="about", **view)

    for source in sources().values():
        assert source.url in html
    shown = {name for row in view["source_rows"] for name, *_ in row.layers}
    assert shown == set(catalog())
    assert "https://here.example/ogc/collections/hotspots" in html and "2 Mar 2026" in html


def test_about_leads_to_every_licence_that_is_shipped() -> None:
    files = dict(licence_files())

    whose = " ".join(files)
    assert all(name in whose for name in ("sarabun", "leaflet:", "gshhg"))
    assert all(read(file) for file in files.values())


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("data@diw.example", "mailto:data@diw.example"),
        ("https://diw.example/contact", "https://diw.example/contact"),
        ("javascript:alert(1)", None),
    ],
)
def test_a_contact_is_a_link_only_where_it_is_an_address(contact: str, href: str | None) -> None:
    view = about_view("en", "https://here.example", contact, TODAY)
    html = render("about.html", "en", "/about", section="about", **view)

    assert contact in html
    assert (f'href="{href}"' in html) if href else ('href="javascript' not in html)
    assert "FAHSAI_CONTACT" not in html


def test_the_client_counts_the_days_of_the_pages(demo_address: str) -> None:
    brief = requests.get(f"{demo_address}/api/brief", timeout=60).json()
    told = brief["measures"]["hotspots"]["value"]
    client = Client(demo_address)

    with pytest.warns(UserWarning, match="hotspots is known from"):  # not to the calendar day's end
        calendar = client.count("hotspots", start=brief["day"], end=brief["day"])

    assert told == client.count("hotspots", **report_days(brief["day"])) > 0
    assert told != calendar
