"""What a proxy says of an address: believed from whom it is to be, and never mixed up."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.settings import BadSetting, Settings, from_environment

TOLD = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "data.example.go.th",
    "X-Forwarded-Prefix": "/fahsai/",
}
ITEMS = "/ogc/collections/factories/items"


@pytest.fixture
def behind(reads: Reads, settings: Settings) -> Iterator[TestClient]:
    """The service behind the proxy from which the test asks."""
    trusting = replace(settings, trusted_proxies=("10.0.0.0/8",))
    with TestClient(create_app(reads, trusting), client=("10.1.2.3", 5000)) as opened:
        yield opened


def self_of(client: TestClient, path: str, headers: dict[str, str]) -> str:
    links = client.get(path, headers=headers).json()["links"]
    return str(next(link["href"] for link in links if link["rel"] == "self"))


def test_links_are_those_of_the_proxy(behind: TestClient) -> None:
    public = "https://data.example.go.th/fahsai"

    assert self_of(behind, "/ogc/", TOLD) == f"{public}/ogc/"
    assert self_of(behind, f"{ITEMS}/?limit=5", TOLD).startswith(f"{public}{ITEMS}?limit=5")
    header = behind.get(f"{ITEMS}?f=csv", headers=TOLD).headers["Link"]
    assert f"<{public}/ogc/collections/factories>" in header


def test_nobody_else_is_believed(reads: Reads, settings: Settings) -> None:
    trusting = replace(settings, trusted_proxies=("10.0.0.0/8",))
    with TestClient(create_app(reads, trusting), client=("192.0.2.1", 5000)) as client:
        assert self_of(client, "/ogc/", TOLD) == "http://testserver/ogc/"


@pytest.mark.parametrize(
    "told",
    [
        {"X-Forwarded-Prefix": "//evil.example"},
        {"X-Forwarded-Prefix": "/a/../b"},
        {"X-Forwarded-Prefix": "/<script>"},
        {"X-Forwarded-Prefix": "fahsai"},
        {"X-Forwarded-Host": "evil.example/path"},
        {"X-Forwarded-Host": 'a"onload="x'},
        {"X-Forwarded-Host": "user@evil.example"},
        {"X-Forwarded-Proto": "javascript"},
    ],
)
def test_what_is_no_host_scheme_or_path_is_passed_over(
    behind: TestClient, told: dict[str, str]
) -> None:
    assert self_of(behind, "/ogc/", told) == "http://testserver/ogc/"


def test_answers_of_one_path_are_not_given_at_another(behind: TestClient) -> None:
    urls, tags = set(), set()
    for _ in range(2):
        for prefix in ("/fahsai", "/other", ""):
            answer = behind.get(ITEMS, headers={**TOLD, "X-Forwarded-Prefix": prefix})
            urls |= {one["href"] for one in answer.json()["links"] if one["rel"] == "self"}
            tags.add(answer.headers["ETag"])

    assert len(urls) == len(tags) == 3


def test_who_is_no_address_is_refused_as_a_setting() -> None:
    with pytest.raises(BadSetting, match="FAHSAI_TRUSTED_PROXIES must be IP addresses"):
        from_environment({"FAHSAI_TRUSTED_PROXIES": "127.0.0.1,proxy"})
    with pytest.raises(BadSetting, match="FAHSAI_HOST must be an IP address"):
        from_environment({"FAHSAI_HOST": "everywhere"})
    told = from_environment({"FAHSAI_TRUSTED_PROXIES": "10.0.0.0/8", "FAHSAI_HOST": "0.0.0.0"})
    assert (told.host, told.trusted_proxies) == ("0.0.0.0", ("10.0.0.0/8",))
