"""/api/reference: lists that are cited."""

import pytest
from fastapi.testclient import TestClient

from layers.reference.lists import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_its_rows_and_says_what_to_know_of_it(client: TestClient, name: str) -> None:
    found = client.get(f"/api/reference/{name}", params={"lang": "en"}).json()

    assert found["list"] == name
    assert found["note"]
    assert len(found["rows"]) > 5


def test_codes_of_waste_are_all_there_with_their_entries(client: TestClient) -> None:
    rows = client.get("/api/reference/waste_codes").json()["rows"]

    assert len(rows) == 861
    assert {"code": "191003", "entry": "HM", "hazardous": True}.items() <= next(
        row for row in rows if row["code"] == "191003"
    ).items()


def test_a_day_is_written_as_one_and_none_is_null(client: TestClient) -> None:
    laws = {row["id"]: row for row in client.get("/api/reference/laws").json()["rows"]}

    assert laws["waste_notification_2566"]["in_force_from"] == "2023-11-01"
    assert laws["factory_act_s35"]["in_force_from"] is None
    assert laws["factory_act_s35"]["verified"] is False


def test_a_list_that_is_not_there_is_told_with_those_that_are(client: TestClient) -> None:
    answer = client.get("/api/reference/oracles")

    assert answer.status_code == 404
    assert "there are: laws, agencies" in answer.json()["detail"]
