"""The id of a request: in its answer, in a problem document, and in lines of the log about it."""

import re
from contextvars import ContextVar
from random import getrandbits

from starlette.types import Scope

REQUEST_ID_HEADER = "X-Request-Id"
_IS_ID = re.compile(r"[A-Za-z0-9._=-]{1,128}")
_KEY = "request_id"
_current: ContextVar[str] = ContextVar(_KEY, default="")


def accept_request_id(scope: Scope, told: str) -> None:
    """Takes the id that a trusted proxy gave the request, if it is well-formed."""
    if _IS_ID.fullmatch(told):
        scope.setdefault("state", {})[_KEY] = told


def begin_request(scope: Scope) -> str:
    """The request's id, a new one where none was accepted; lines logged from here on have it."""
    # The state is shared with the copies of the scope that are handed on.
    state = scope.setdefault("state", {})
    request_id: str = state.get(_KEY) or new_request_id()
    state[_KEY] = request_id
    _current.set(request_id)
    return request_id


def new_request_id() -> str:
    """32 hexadecimal digits, by chance."""
    return f"{getrandbits(128):032x}"


def request_id_of(scope: Scope) -> str:
    """Of a request that has begun; empty before."""
    found: str = scope.get("state", {}).get(_KEY, "")
    return found


def current_request_id() -> str:
    """Of the request that is worked on here; empty where none is."""
    return _current.get()
