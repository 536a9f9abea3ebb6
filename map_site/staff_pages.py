"""The pages on which staff sign in, and see to their account and their keys."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response

from layers.casework.staff import ApiKey, Staff
from layers.cleaning.provinces import PROVINCES
from map_site.rendering import private_page
from map_site.site import Site, language_of


class StaffPages:
    """What `geo_api.http.documents.staff_pages` asks for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def sign_in(self, request: Request, *, onward: str, problem: str, oidc: bool) -> Response:
        """See there."""
        return self._page("sign_in", request, onward=onward, problem=problem, oidc=oidc)

    def link(self, request: Request, token: str, owner: str, onward: str) -> Response:
        """See there."""
        return self._page("link", request, token=token, owner=owner, onward=onward)

    def account(self, request: Request, staff: Staff, *, has_password: bool, told: str) -> Response:
        """See there."""
        of = _province(staff, language_of(request))
        return self._page(
            "account", request, staff=staff, province=of, has_password=has_password, told=told
        )

    def keys(
        self, request: Request, staff: Staff, keys: Sequence[ApiKey], *, made: str | None, told: str
    ) -> Response:
        """See there."""
        now = self._site.now()
        return self._page("keys", request, staff=staff, keys=keys, made=made, told=told, now=now)

    def _page(self, name: str, request: Request, **named: Any) -> Response:
        # The address of the page is not repeated in it: it may hold a link's secret.
        page = self._site.render(
            f"staff/{name}.html",
            request,
            path=request.url.path.removeprefix(_root(request)),
            **named,
        )
        return private_page(page)


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _province(staff: Staff, language: str) -> str | None:
    known = PROVINCES.get(staff.province_code or "")
    if known is None:
        return staff.province_code
    return known.name_en if language == "en" else known.name_th
