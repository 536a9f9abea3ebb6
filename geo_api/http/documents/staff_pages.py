"""What the service asks of the pages, to show staff how to sign in and what they have.

`map_site` does; `geo_api.app` hands it in, so that neither knows the other.
"""

from collections.abc import Sequence
from typing import Protocol

from fastapi import Request, Response

from layers.casework.staff import ApiKey, Staff


class StaffPages(Protocol):
    """Each is for one person's eyes: the routes say so to whoever keeps copies on the way."""

    def sign_in(self, request: Request, *, onward: str, problem: str, oidc: bool) -> Response:
        """The form. `onward` is the path to go on to; `problem` names what went wrong, if anything:
        `refused`, `link`, `oidc`."""

    def link(self, request: Request, token: str, owner: str, onward: str) -> Response:
        """The button that uses up a one-time link of `owner`: a program that looks at links in
        mails, as those against viruses do, presses none."""

    def account(self, request: Request, staff: Staff, *, has_password: bool, told: str) -> Response:
        """Who is signed in, the form of the password and the button to sign out; `told` names what
        has just happened, or what was wrong: `changed`, `wrong_length`, `not_repeated`."""

    def keys(
        self, request: Request, staff: Staff, keys: Sequence[ApiKey], *, made: str | None, told: str
    ) -> Response:
        """The keys, the form for another, and the one just `made`, which is shown once; `told`
        names what was wrong: `key`."""
