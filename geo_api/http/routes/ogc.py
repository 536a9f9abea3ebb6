"""/ogc/: OGC API – Features (17-069r4): what there is, by which standards, and each layer."""

from fastapi import Request, Response

from geo_api.features.cql2.parser import CONFORMANCE as FILTERS
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.collections import collection_documents
from geo_api.http.documents.responses import RESPONSES, DocumentQuery, document_response
from geo_api.http.links import link, ogc_url, self_and_alternates
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language
from geo_api.http.routers import DescribedRouter
from geo_api.http.routes.queryables import CONFORMANCE as SCHEMAS
from geo_api.http.routes.tiles import CONFORMANCE as TILES
from geo_api.http.routes.tiles import MATRIX_SETS_REL
from layers.model import Text

router = DescribedRouter(
    prefix="/ogc",
    tags=["OGC API – Features"],
    dependencies=OPEN_DATA,
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
    *SCHEMAS,
    *TILES,
)
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_TITLE = Text("ฟ้าใส: โรงงาน ไฟ ฝุ่น และเรื่องร้องเรียน", "Fahsai: factories, fires, air, complaints")
_ABOUT = Text(
    "ชั้นข้อมูลสิ่งแวดล้อมอุตสาหกรรมของประเทศไทย ตามมาตรฐาน OGC API – Features",
    "Layers about industry and the environment in Thailand, as OGC API – Features.",
)
_STYLES_REL = "http://www.opengis.net/def/rel/ogc/1.0/styles"
_FUNCTIONS_REL = "http://www.opengis.net/def/rel/ogc/1.0/functions"


@router.get("/")
async def landing(
    request: Request, parameters: DocumentQuery, service: ServiceDep, language: Language
) -> Response:
    """What there is, and where."""
    versions = await service.data_versions.latest()
    answer = {
        "title": _TITLE[language],
        "description": _ABOUT[language],
        "simulated": versions.simulated,
        "links": [
            *self_and_alternates(request, language),
            link(ogc_url(request, "api"), "service-desc", _OPENAPI, "OpenAPI"),
            link(ogc_url(request, "api.html"), "service-doc", "text/html", "API manual"),
            link(ogc_url(request, "conformance"), "conformance", title="Conformance classes"),
            link(ogc_url(request, "collections"), "data", title="Collections"),
            link(ogc_url(request, "functions"), _FUNCTIONS_REL, title="Functions of filters"),
            link(f"{request.base_url}styles", _STYLES_REL, title="MapLibre styles"),
            link(ogc_url(request, "tileMatrixSets"), MATRIX_SETS_REL, title="Tile matrix sets"),
        ],
    }
    return document_response(request, service, parameters, language, "landing", answer)


@router.get("/conformance")
async def conformance(
    request: Request, parameters: DocumentQuery, service: ServiceDep, language: Language
) -> Response:
    """The classes of the standards that are kept."""
    versions = await service.data_versions.latest()
    answer = {
        "conformsTo": CONFORMANCE,
        "simulated": versions.simulated,
        "links": self_and_alternates(request, language),
    }
    return document_response(request, service, parameters, language, "conformance", answer)


@router.get("/collections")
def collections(
    request: Request, parameters: DocumentQuery, service: ServiceDep, language: Language
) -> Response:
    """Every layer that has features."""
    layers = list(service.collections.values())
    answer = {
        "links": self_and_alternates(request, language),
        "collections": collection_documents(request, service, layers, language),
    }
    return document_response(request, service, parameters, language, "collections", answer)


@router.get("/collections/{collection}")
def collection(
    request: Request,
    parameters: DocumentQuery,
    service: ServiceDep,
    collection: str,
    language: Language,
) -> Response:
    """One layer: what it means, where and when, how fresh it is and under which licence."""
    [answer] = collection_documents(request, service, [service.collection(collection)], language)
    answer["links"] += self_and_alternates(request, language)
    return document_response(request, service, parameters, language, "collection", answer)
