"""/ogc/: OGC API – Features (17-069r4): what there is, by which standards, and each layer."""

from fastapi import APIRouter, Request, Response

from geo_api.features.cql2.parser import CONFORMANCE as FILTERS
from geo_api.http.dependencies import Served
from geo_api.http.documents.collections import describe
from geo_api.http.documents.responses import RESPONSES, TAKES, document
from geo_api.http.links import address, link, self_and_alternates
from geo_api.http.parameters import Asked, Language
from geo_api.http.routes.tiles import CONFORMANCE as TILES
from geo_api.http.routes.tiles import MATRIX_SETS_REL
from layers.model import Text

router = APIRouter(
    prefix="/ogc",
    tags=["OGC API – Features"],
    default_response_class=Response,
    responses=RESPONSES,
)

CONFORMANCE = (
    *(
        f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
        for name in ("core", "oas30", "geojson", "html")
    ),
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    *FILTERS,
    *TILES,
)
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_TITLE = Text("ฟ้าใส: โรงงาน ไฟ ฝุ่น และเรื่องร้องเรียน", "Fahsai: factories, fires, air, complaints")
_ABOUT = Text(
    "ชั้นข้อมูลสิ่งแวดล้อมอุตสาหกรรมของประเทศไทย ตามมาตรฐาน OGC API – Features",
    "Layers about industry and the environment in Thailand, as OGC API – Features.",
)
_FUNCTIONS_REL = "http://www.opengis.net/def/rel/ogc/1.0/functions"


@router.get("/", openapi_extra=TAKES)
async def landing(request: Request, asked: Asked, service: Served, language: Language) -> Response:
    """What there is, and where."""
    known = await service.watch.versions()
    answer = {
        "title": _TITLE[language],
        "description": _ABOUT[language],
        "simulated": known.simulated,
        "links": [
            *self_and_alternates(request, language),
            link(address(request, "api"), "service-desc", _OPENAPI, "OpenAPI"),
            link(address(request, "api.html"), "service-doc", "text/html", "API manual"),
            link(address(request, "conformance"), "conformance", title="Conformance classes"),
            link(address(request, "collections"), "data", title="Collections"),
            link(address(request, "functions"), _FUNCTIONS_REL, title="Functions of filters"),
            link(address(request, "tileMatrixSets"), MATRIX_SETS_REL, title="Tile matrix sets"),
        ],
    }
    return document(request, asked, language, "landing", answer)


@router.get("/conformance", openapi_extra=TAKES)
async def conformance(
    request: Request, asked: Asked, service: Served, language: Language
) -> Response:
    """The classes of the standards that are kept."""
    known = await service.watch.versions()
    answer = {
        "conformsTo": CONFORMANCE,
        "simulated": known.simulated,
        "links": self_and_alternates(request, language),
    }
    return document(request, asked, language, "conformance", answer)


@router.get("/collections", openapi_extra=TAKES)
def collections(request: Request, asked: Asked, service: Served, language: Language) -> Response:
    """Every layer that has features."""
    layers = list(service.collections.values())
    answer = {
        "links": self_and_alternates(request, language),
        "collections": describe(request, service, layers, language),
    }
    return document(request, asked, language, "collections", answer)


@router.get("/collections/{collection}", openapi_extra=TAKES)
def collection(
    request: Request, asked: Asked, service: Served, collection: str, language: Language
) -> Response:
    """One layer: what it means, where and when, how fresh it is and under which licence."""
    [answer] = describe(request, service, [service.collection(collection)], language)
    answer["links"] += self_and_alternates(request, language)
    return document(request, asked, language, "collection", answer)
