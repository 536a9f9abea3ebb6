"""A browser of somebody who is signed in."""

import re

from fastapi.testclient import TestClient

# As a browser says of a form of our own page.
OURS = {"Sec-Fetch-Site": "same-origin"}


def hold(client: TestClient, token: str) -> None:
    """The browser has that session, and none else."""
    client.cookies.clear()
    client.cookies.set("fahsai_session", token, domain="testserver.local", path="/")


def csrf_in(client: TestClient) -> str:
    found = re.search(
        r'name="csrf_token" value="([0-9a-f]{64})"', client.get("/staff/account").text
    )
    assert found
    return found[1]
