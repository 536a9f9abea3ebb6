"""Whatever is sent to the form is taken or refused: it is never our mistake."""

import random

import pytest
from fastapi.testclient import TestClient

from map_site.report_form import FIELDS
from tests.geo_api.complaints.pictures import telephone_picture

CASES = 300
TEXTS = (
    *("", "odour", "now", "then", "13.5, 100.2", "2026-03-02", "03:00", "3", "74", "a" * 32),
    *("\x00", "\ud7ff\ufffd", "\u202e", "' OR 1=1 --", "</script>`${x}`", "-1", "9" * 400, "nan"),
    *("inf, inf", "1e309, 1", "0000-00-00", "99:99", "ก" * 5_000, "{{7*7}}", "../../etc/passwd"),
    *("2026-03-02T03:00:00+99:00", "😀" * 40, "%00", "\r\n--b--\r\n"),
)


def body(chance: random.Random) -> bytes:
    """Parts of a form, some of them damaged."""
    parts = []
    for name in chance.choices((*FIELDS, "photos", "unknown", ""), k=chance.randint(0, 25)):
        head = f'Content-Disposition: form-data; name="{name}"'
        value = chance.choice(TEXTS).encode("utf-8", "replace")
        if name == "photos":
            head += '; filename="' + chance.choice(["a.jpg", "../../a", "\x01", ""]) + '"'
            value = telephone_picture()[: chance.choice([0, 10, 400, 10_000])]
        if chance.random() < 0.1:
            head += "\r\nContent-Type: text/plain; charset=" + chance.choice(["utf-7", "x", ""])
        parts.append(b"--b\r\n" + head.encode() + b"\r\n\r\n" + value + b"\r\n")
    made = bytearray(b"".join(parts) + b"--b--\r\n")
    if chance.random() < 0.4:
        for _ in range(chance.randint(1, 12)):
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made[: chance.choice([len(made), len(made), chance.randrange(len(made) + 1)])])


# Starlette leaves the file of a part that does not end to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_form_however_damaged_is_our_mistake(client: TestClient) -> None:
    chance = random.Random(14)
    seen = set()
    proxy = TestClient(client.app, client=("127.0.0.1", 1))

    for number in range(CASES):
        kinds = ("multipart/form-data; boundary=b", "multipart/form-data", "text/plain", "")
        answer = proxy.post(
            "/report",
            content=body(chance),
            # Each from an address of its own, as a proxy tells: the limit is of one caller.
            headers={
                "Content-Type": chance.choices(kinds, (20, 1, 1, 1))[0],
                "X-Forwarded-For": f"10.0.{number // 250}.{number % 250}",
                "Accept": chance.choice(["application/json", "text/html"]),
            },
            follow_redirects=False,
        )
        seen.add(answer.status_code)
        assert answer.status_code in (201, 303, 400), answer.text[:500]

    assert 400 in seen
