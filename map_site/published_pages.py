"""The pages that only the site as files has: its data, and where to go for what is not in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from layers.licences import licence_text
from layers.model import Layer
from layers.reports.brief import MEASURES, REGIONS
from layers.reports.complaints import MONTHS, QUARTERS, YEARS
from map_site.brief import BriefChoice
from map_site.complaints import ComplaintsChoice
from map_site.published import DATA_PAGE, ELSEWHERE, Published
from map_site.rendering import (
    LANGUAGES,
    address,
    content_security_policy,
    in_language,
    render,
)
from map_site.theme import THEME_PAGES

_PAGES = ("/methods", "/about", "/emissions", "/green-effect", "/kpi")
_POLICY_OF_META = "frame-ancestors"  # a header alone can say who may frame a page


@dataclass(frozen=True)
class LayerFiles:
    """What there is of a layer: each file's path, kind and bytes."""

    layer: Layer
    files: Sequence[tuple[str, str, int]]


def what_is_published(
    tilesets: Iterable[str], last_zooms: Mapping[str, int], service: str | None
) -> Published:
    """All pages that are files: of the brief every number and region, the themes, of complaints the
    newest release of each table of counts, and what explains them. Places are too many."""
    brief = (
        address("/", "th", **BriefChoice(measure=number, region=region).query())
        for number in MEASURES
        for region in (None, *REGIONS)
    )
    complaints = (ComplaintsChoice(table).address("th") for table in (MONTHS, QUARTERS, YEARS))
    return Published(
        pages=frozenset({*brief, *complaints, *_PAGES, DATA_PAGE, ELSEWHERE}),
        scripted=frozenset(theme.path for theme in THEME_PAGES),
        tilesets=frozenset(tilesets),
        service=service,
        last_zooms=last_zooms,
    )


def rendered_by_service(published: Published) -> list[str]:
    """The addresses of its pages in both languages."""
    own = {DATA_PAGE, ELSEWHERE}
    every = sorted((published.pages | published.scripted) - own)
    return [in_language(path, language) for path in every for language in LANGUAGES]


def data_page(layers: Sequence[LayerFiles], language: str, *, simulated: bool) -> str:
    """Every layer with its files."""
    rows = [
        (one.layer, licence_text(one.layer.licence, language), _by_kind(one.files))
        for one in layers
    ]
    return _rendered("published_data.html", DATA_PAGE, language, simulated, rows=rows)


def elsewhere_page(language: str, *, simulated: bool) -> str:
    """For links to what is not among the files, where no service is."""
    return _rendered("elsewhere.html", ELSEWHERE, language, simulated)


def with_policy(html: str, policy: str | None = None) -> str:
    """The page with its Content-Security-Policy within: a server of files sends none."""
    said = (policy or content_security_policy()).split("; ")
    kept = "; ".join(part for part in said if not part.startswith(_POLICY_OF_META))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{kept}">'
    return html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{meta}', 1)


def _rendered(template: str, path: str, language: str, simulated: bool, **named: object) -> str:
    return with_policy(render(template, language, path, simulated=simulated, **named))


def _by_kind(files: Sequence[tuple[str, str, int]]) -> list[tuple[str, list[tuple[str, int]]]]:
    kinds: dict[str, list[tuple[str, int]]] = {}
    for path, kind, size in files:
        kinds.setdefault(kind, []).append((path, size))
    return list(kinds.items())
