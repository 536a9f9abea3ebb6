"""The commands by which staff are let in, and by which what is kept of people is looked after."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from psycopg2.extensions import connection as Connection

from geo_api.accounts.commands import demo_invitation
from geo_api.accounts.contact_commands import staff_commands
from geo_api.accounts.sealing import Sealer
from geo_api.command_errors import OneLineErrors
from geo_api.settings import Settings
from tests.makers import complaint, insert

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(fresh_url: str, home: Path) -> Run:
    """`fahsai WORDS` over the database of `fresh`: its exit code, and what it said."""

    @contextmanager
    def opened() -> Iterator[tuple[Settings, str]]:
        yield Settings(home=home), fresh_url

    main = OneLineErrors("fahsai")
    for command in staff_commands(opened, lambda code: code.encode() if len(code) == 12 else None):
        main.add_command(command)

    def ran(*words: str, answer: str | None = None) -> tuple[int, str]:
        result = CliRunner().invoke(main, list(words), input=answer)
        return result.exit_code, result.output.strip()

    return ran


def test_the_first_admin_is_made_on_the_command_line_and_enters_by_a_link_once(
    run: Run, server_url: str
) -> None:
    assert run("account", "list")[1].startswith("There is no account yet")
    assert run("account", "add", "Admin@diw.go.th", "--role", "admin", "--name", "ผู้ดูแล")[0] == 0
    _, link = run("account", "link", "admin@diw.go.th", "--address", server_url)

    with requests.Session() as browser:
        page = browser.get(link, timeout=60)
        assert "ผู้ดูแล" in page.text
        token = link.partition("link=")[2]
        browser.post(f"{server_url}/staff/sign-in/link", data={"link": token}, timeout=60)
        account = browser.get(f"{server_url}/staff/account", timeout=60)

    assert "ผู้ดูแลระบบ" in account.text
    assert requests.get(link, timeout=60).status_code == 410
    assert "admin@diw.go.th: ผู้ดูแล, admin; by link only" in run("account", "list")[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("x@y.th", "--role", "officer", "--name", "x"), "needs a province"),
        (("x@y.th", "--role", "admin", "--province", "21", "--name", "x"), "leave it out"),
        (("x@y.th", "--role", "officer", "--province", "99", "--name", "x"), "got '99'"),
        (("x", "--role", "admin", "--name", "x"), "got 'x'"),
        (("x@y.th", "--role", "admin", "--name", " "), "1 to 200 characters"),
        (("x@y.th", "--role", "root", "--name", "x"), "'root' is not one of"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_one_line(
    words: tuple[str, ...], expected: str, run: Run
) -> None:
    code, said = run("account", "add", *words)

    assert (code != 0, expected in said) == (True, True)
    assert "Traceback" not in said


def test_an_officers_province_is_told_by_code_or_name_and_nobody_has_two_accounts(run: Run) -> None:
    options = ("--role", "officer", "--name", "x", "--province")
    assert run("account", "add", "a@y.th", *options, "21")[0] == 0
    assert run("account", "add", "b@y.th", *options, "จังหวัดระยอง")[0] == 0

    code, said = run("account", "add", "A@y.th", *options, "21")

    assert (code, "has an account already" in said) == (1, True)
    listed = run("account", "list")[1].splitlines()
    assert [line.partition(";")[0] for line in listed] == [
        "a@y.th: x, officer 21",
        "b@y.th: x, officer 21",
    ]


def test_who_is_disabled_has_neither_session_nor_link_nor_key(
    run: Run, fresh: Connection, server_url: str
) -> None:
    run("account", "add", "a@y.th", "--role", "national", "--name", "x")
    _, link = run("account", "link", "a@y.th", "--address", server_url)
    _, key = run("key", "add", "a@y.th", "--name", "x", "--scope", "read")
    cases = f"{server_url}/api/staff/complaints.geojson"
    bearer = {"Authorization": f"Bearer {key}"}
    assert requests.get(cases, headers=bearer, timeout=60).status_code == 200

    run("account", "disable", "a@y.th")

    assert requests.get(cases, headers=bearer, timeout=60).status_code == 401
    assert requests.get(link, timeout=60).status_code == 410
    assert run("account", "link", "a@y.th") == (
        1,
        "Error: a@y.th is disabled: fahsai account enable a@y.th",
    )
    run("account", "enable", "a@y.th")
    assert requests.get(link, timeout=60).status_code == 410
    assert requests.get(cases, headers=bearer, timeout=60).status_code == 200
    run("key", "revoke", re.findall(r"^\d+", run("key", "list")[1])[0])
    assert requests.get(cases, headers=bearer, timeout=60).status_code == 401
    actions = [line.split()[4] for line in run("audit", "tail")[1].splitlines()]
    assert actions == [
        "account_added",
        "link_made",
        "key_made",
        "account_disabled",
        "account_enabled",
        "key_revoked",
    ]
    assert run("audit", "verify")[1].startswith("6 rows, each as it was written")


def test_a_persons_data_are_told_and_erased_by_their_code(
    run: Run, fresh: Connection, home: Path
) -> None:
    complaint(fresh, "case", "2026-03-01", tracking_hash=b"ABCDEFGHJKMN", closed_at="2026-03-02")
    sealed = Sealer(Settings(home=home)).seal(json.dumps({"mail": "a@b.th"}).encode())
    insert(fresh, "contact.complainant", complaint_id="case", sealed=sealed)
    fresh.commit()

    [told] = json.loads(run("contacts", "export", "--code", "ABCDEFGHJKMN")[1])
    rotated = run("contacts", "rotate")
    kept = run("contacts", "erase", "--mail", "a@b.th", answer="n\n")
    erased = run("contacts", "erase", "--mail", "a@b.th", "--yes")

    assert told["contact"]["mail"] == "a@b.th"
    assert rotated == (0, "1 contacts are sealed with the newest key")
    assert kept[0] == 1
    assert erased == (
        0,
        "1 complaints: contact, words, address and photos erased; the cases stay",
    )
    assert run("contacts", "export", "--mail", "a@b.th")[0] == 1
    assert run("contacts", "export", "--code", "x")[0] == 2
    assert run("contacts", "export")[0] == 2
    assert run("contacts", "erase", "--mail", "a@b.th", "--older-than", "1")[0] == 2
    assert run("contacts", "erase", "--older-than", "1") == (
        0,
        "0 contacts erased, of complaints closed 1 days ago or more",
    )


def test_a_new_world_invites_one_to_see_it_as_staff_do(
    fresh_url: str, home: Path, server_url: str
) -> None:
    settings = Settings(home=home, host="0.0.0.0", port=8123)

    twice = [demo_invitation(settings, fresh_url) for _ in range(2)]

    links = [re.search(r"http://127\.0\.0\.1:8123(/staff/sign-in\?link=\S+)", one) for one in twice]
    for link in links:
        assert link
        page = requests.get(server_url + link[1], timeout=60)
        assert "เจ้าหน้าที่ทดลอง" in page.text
