"""Who works on complaints in these tests."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import staff_of
from geo_api.database.connections import PrivateWrites
from layers.casework.staff import Staff
from tests.makers import session_of, staff_account

Signed = Callable[..., Staff]


@pytest.fixture
def signed(connection: Connection, private: PrivateWrites) -> Signed:
    """Makes somebody of a role, signed in."""

    def sign_in(role: str = "officer", **values: Any) -> Staff:
        token = session_of(connection, staff_account(connection, role=role, **values))
        return staff_of(private.staff, token)

    return sign_in
