"""Addresses of pages: which times they take."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    "path",
    [
        "/data/hotspots/filter?since=2569-03-01",
        "/export/map?to=2569-03-02",
        "/api/brief?day=2569-03-02",
        "/api/reports/factories/a?day=2569-03-02",
        "/api/daily-counts/hotspots?from=2568-12-01&to=2569-03-02",
        "/api/near?lon=100.5&lat=13.7&at=2569-03-02T00:00:00Z",
        "/api/rasters/pm25_daily/2569-03-02.png",
        "/tiles/hotspots/tilejson.json?datetime=2569-03-02",
    ],
)
def test_no_address_takes_a_buddhist_year(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)

    assert answer.status_code == 400
    detail = answer.json()["detail"]
    assert "Buddhist era" in detail and ("2026" in detail or "2025" in detail)
