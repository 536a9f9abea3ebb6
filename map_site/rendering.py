"""Templates to HTML: the environment that all pages share, and the headers they are sent with."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

import map_site
from layers.casework import source_area
from layers.languages import in_its_language
from layers.licences import attribution_text
from layers.model import unit_text
from map_site import graphics, numbers
from map_site.assets import asset, carried_style, carried_style_sources
from map_site.mount import cached_by_prefix, mounted, prefix
from map_site.published import published
from map_site.words import words

LANGUAGES = ("th", "en")

NAVIGATION = (
    ("brief", "/"),
    ("burning", "/maps/burning"),
    ("air", "/maps/air"),
    ("complaints", "/maps/complaints"),
    ("green", "/maps/green"),
    ("places", "/provinces"),
    ("field", "/field"),
)
FURTHER = (
    ("report", "/report"),
    ("data", "/ogc/collections"),
    ("kpi", "/kpi"),
    ("status", "/status"),
    ("methods", "/methods"),
    ("about", "/about"),
    ("staff", "/staff"),
)


def render(template: str, language: str, path: str, **named: Any) -> str:
    """A page. `path` is its address with its query, from the root of the site; `named` are what the
    template asks for, and `section`, the entry of the navigation it belongs to."""
    return (
        _environment()
        .get_template(template)
        .render(
            {
                "language": language,
                "other": "en" if language == "th" else "th",
                "path": path,
                "word": Words(language),
                "section": None,
                "simulated": False,
                **named,
            }
        )
    )


def page_response(html: str, status: int = 200, **policy: str) -> HTMLResponse:
    """The page with its Content-Security-Policy; `policy` replaces directives of it."""
    return HTMLResponse(
        html,
        status,
        {
            "Content-Security-Policy": content_security_policy(**policy),
            "Cache-Control": "no-cache",
            "Referrer-Policy": "same-origin",
        },
    )


def private_page(html: str, status: int = 200) -> HTMLResponse:
    """A page for one person's eyes: nobody on the way keeps it, nor the browser of whoever comes
    after; and no other site is told where it was."""
    answer = page_response(html, status)
    answer.headers.update(
        {
            "Cache-Control": "private, no-store",
            "Vary": "Cookie, Authorization",
            "Referrer-Policy": "no-referrer",
        }
    )
    return answer


def content_security_policy(**replaced: str) -> str:
    """Nothing from elsewhere, no script but files of ours and no style beside those but what pages
    carry; forms go to our own search. Directives may be `replaced`, or added."""
    policy = {
        "default_src": "'self'",
        "style_src": f"'self' {carried_style_sources()}",
        "img_src": "'self' data:",
        "object_src": "'none'",
        "base_uri": "'none'",
        "form_action": "'self'",
        "frame_ancestors": "'self'",
        **replaced,
    }
    return "; ".join(f"{name.replace('_', '-')} {value}" for name, value in policy.items())


@cached_by_prefix
def document_headers() -> Mapping[str, str]:
    """Of pages that are written from the service's documents; how long one holds is for the
    service."""
    ours = ("script_src", "font_src", "connect_src", "manifest_src")
    return {
        "Content-Security-Policy": content_security_policy(
            default_src="'none'", **dict.fromkeys(ours, "'self'")
        ),
        "Referrer-Policy": "same-origin",
    }


def spoken(href: str, language: str) -> str:
    """The address with its language said: documents go by Accept-Language without it."""
    path, mark, fragment = href.partition("#")
    path, _, query = path.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("lang=")]
    return mounted(f"{path}?{'&'.join((*kept, f'lang={language}'))}{mark}{fragment}")


def address(path: str, language: str, **query: str | int | None) -> str:
    """A link that keeps the language; what is None or empty is left out of the query."""
    asked = {name: value for name, value in query.items() if value not in (None, "")}
    if language == "en":
        asked["lang"] = "en"
    return mounted(f"{path}?{urlencode(asked, safe=',:/')}" if asked else path)


_NAMED = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_ONE = ("1", "<strong>1</strong>")


class Words:
    """Looks words up in one language: word("brief.until", time=…)."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, name: str, **values: Any) -> str:
        topic, _, key = name.partition(".")
        text = in_number(words()[topic][key][self._language], values)
        if not values:
            return text
        # The words are ours; what is put into them is escaped, unless it is markup already.
        return Markup(text).format(**values)

    def topic(self, name: str) -> dict[str, str]:
        """All words of a topic, for a script."""
        return {key: text[self._language] for key, text in words()[name].items()}


def in_number(text: str, values: Mapping[str, Any]) -> str:
    """The words with one of each `[fire|fires]`: the first where the value before it, or `count`
    where none is, is 1. As `fahsai.fill` of site.js does."""

    def chosen(found: re.Match[str]) -> str:
        names = _NAMED.findall(text, 0, found.start()) or ["count"]
        return found[1] if str(values.get(names[-1], "")) in _ONE else found[2]

    return _CHOICE.sub(chosen, text)


def in_language(href: str, language: str) -> str:
    """The address of this page in a language."""
    path, _, query = href.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("lang=")]
    if language == "en":
        kept.append("lang=en")
    return mounted(f"{path}?{'&'.join(kept)}" if kept else path)


@pass_context
def _own(context: Context, text: object) -> Markup:
    """Of templates: words that others wrote, in their own language."""
    return in_its_language(text, context["language"])


@pass_context
def _credit(context: Context, attribution: str) -> Markup:
    """Of templates: whose the data are."""
    language = context["language"]
    return in_its_language(attribution_text(attribution, language), language)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(map_site.__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    made.filters["own"] = _own
    made.filters["credit"] = _credit
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.globals |= {
        "asset": asset,
        "carried": lambda name: Markup(f"<style>{carried_style(name)}</style>"),
        "mounted": mounted,
        "prefix": prefix,
        "published": published,
        "address": address,
        "in_language": in_language,
        "spoken_in": spoken,
        "navigation": NAVIGATION,
        "further": FURTHER,
        "numbers": numbers,
        "source_area": source_area,
        "unit_text": unit_text,
        "graphics": graphics,
        "json_text": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    }
    return made


def by_token(response: Response) -> Response:
    """Of a page that is opened by a secret in its address, which is its holder's alone, as is what
    was typed there."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
