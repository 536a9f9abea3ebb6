"""Layers and their downloads as DCAT-AP 3 in JSON-LD, which portals of open data read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from geo_api.http.links import licence_url
from layers.analyses import analyses
from layers.crs import SUPPORTED
from layers.model import Layer, Text
from layers.query import Interval
from layers.sources import source_named

Json = dict[str, Any]

_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"

# Whole within the document: whoever reads it needs nothing from elsewhere.
CONTEXT: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# The longest age at which a feed is not yet stale -> the EU's vocabulary of frequencies. It is
# told to people when a delivery is overdue, and so is somewhat longer than the time between two.
_FREQUENCIES = (
    (timedelta(hours=6), "HOURLY"),
    (timedelta(days=6), "DAILY"),
    (timedelta(days=25), "WEEKLY"),
    (timedelta(days=80), "MONTHLY"),
    (timedelta(days=250), "QUARTERLY"),
    (timedelta(days=750), "ANNUAL"),
)
# The EU's vocabulary of file types, for those media types that it knows.
_FILE_TYPES = {
    "application/geo+json": "GEOJSON",
    "application/geopackage+sqlite3": "GPKG",
    "application/vnd.google-earth.kml+xml": "KML",
    "image/tiff": "TIFF",
    "text/csv": "CSV",
}
_PUBLISHER = Text(
    "ฟ้าใส: ข้อมูลเปิดด้านอุตสาหกรรมและสิ่งแวดล้อม", "Fahsai: open data on industry and environment"
)
_TITLE = Text("บัญชีข้อมูลเปิดฟ้าใส", "Fahsai's open data")
_ABOUT = Text(
    "ชั้นข้อมูลโรงงาน เรื่องร้องเรียน จุดความร้อน และคุณภาพอากาศของประเทศไทย พร้อมรูปแบบที่ดาวน์โหลดได้",
    "Layers about factories, complaints, fires and air in Thailand, and the forms in which they"
    " can be had.",
)
_SIMULATED = Text("ข้อมูลจำลอง ไม่ใช่เหตุการณ์จริง", "Simulated data: not real events")
_COUNTRY = Text("ประเทศไทย", "Thailand")


@dataclass(frozen=True)
class Distribution:
    """One form of a layer, `whole` or a way into it. `size` (bytes) and `sha256` are those
    of a file that exists; what is made when it is asked for has neither, and its layer's version
    says whether it changed."""

    title: Text
    media_type: str
    url: str
    whole: bool = True
    size: int | None = None
    sha256: str | None = None
    made_at: datetime | None = None


@dataclass(frozen=True)
class Dataset:
    """A layer as it is now: `version` is another text whenever its data or their form changed, at
    `changed_at` (UTC). `page` is an address for people. `simulated` data are nobody's."""

    layer: Layer
    page: str
    distributions: Sequence[Distribution]
    period: Interval | None
    version: str
    changed_at: datetime | None
    simulated: bool


@dataclass(frozen=True)
class DataService:
    """An interface to the layers; `standards` are URIs of what it conforms to."""

    title: Text
    url: str
    description_url: str
    standards: Sequence[str] = ()


def catalog(
    url: str,
    home: str,
    box: tuple[float, float, float, float],
    datasets: Sequence[Dataset],
    services: Sequence[DataService],
    simulated: bool,
) -> Json:
    """The catalogue at the address `url` of the site `home`; `box` is west, south, east, north in
    degrees (WGS84)."""
    changes = [dataset.changed_at for dataset in datasets if dataset.changed_at]
    publisher = {"@id": f"{home}#publisher"}
    return {
        "@context": dict(CONTEXT),
        "@id": url,
        "@type": "dcat:Catalog",
        "dct:title": _in_both_languages(_TITLE),
        "dct:description": _in_both_languages(_marked_simulated(_ABOUT, simulated)),
        "dct:publisher": {
            **publisher,
            "@type": "foaf:Agent",
            "foaf:name": _in_both_languages(_PUBLISHER),
        },
        "dct:language": _languages(),
        "dct:spatial": _location(box),
        "foaf:homepage": {"@id": home, "@type": "foaf:Document"},
        **_modified(max(changes, default=None)),
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "dcat:dataset": [_dataset(one, publisher, box) for one in datasets],
        "dcat:service": [_service(one, publisher, datasets) for one in services],
    }


def frequency(stale_after: timedelta) -> str:
    """The URI of how often a layer is brought up to date, guessed from when it becomes stale."""
    name = next((name for most, name in _FREQUENCIES if stale_after <= most), "IRREG")
    return f"{_EU}/frequency/{name}"


def _dataset(one: Dataset, publisher: Json, box: tuple[float, float, float, float]) -> Json:
    layer, simulated = one.layer, one.simulated
    return {
        "@id": _id(one),
        "@type": "dcat:Dataset",
        "dct:identifier": layer.name,
        "dct:title": _in_both_languages(layer.title),
        "dct:description": _in_both_languages(_marked_simulated(layer.description, simulated)),
        "dct:publisher": publisher,
        "dct:creator": {"@type": "foaf:Agent", "foaf:name": layer.attribution},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": frequency(layer.stale_after)},
        "dct:language": _languages(),
        "dct:spatial": _location(box),
        **_temporal(one.period),
        **_modified(one.changed_at),
        "dct:provenance": _provenance(layer, simulated),
        "dct:conformsTo": [_standard(uri) for uri in SUPPORTED if not layer.raster],
        "dcat:version": one.version,
        "dcat:theme": {"@id": f"{_EU}/data-theme/ENVI"},
        "dcat:keyword": [
            word for text in _keywords(layer, simulated) for word in _in_both_languages(text)
        ],
        "dcat:landingPage": {"@id": one.page, "@type": "foaf:Document"},
        "dcat:distribution": [
            _distribution(layer, distribution) for distribution in one.distributions
        ],
    }


def _distribution(layer: Layer, distribution: Distribution) -> Json:
    plain = distribution.media_type.partition(";")[0].strip()
    file_type = _FILE_TYPES.get(plain)
    described: Json = {
        "@id": f"{distribution.url}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _in_both_languages(distribution.title),
        "dct:license": _licence(layer),
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": layer.attribution},
        "dcat:accessURL": {"@id": distribution.url},
        "dcat:mediaType": {"@id": f"{_IANA}/{plain}", "@type": "dct:MediaType"},
        **_modified(distribution.made_at),
    }
    if distribution.whole:
        described["dcat:downloadURL"] = {"@id": distribution.url}
    if file_type:
        described["dct:format"] = {"@id": f"{_EU}/file-type/{file_type}"}
    if distribution.made_at:
        described["dct:issued"] = _time(distribution.made_at)
    if distribution.size is not None:
        described["dcat:byteSize"] = _typed(str(distribution.size), "nonNegativeInteger")
    if distribution.sha256:
        described["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(distribution.sha256, "hexBinary"),
        }
    return described


def _service(one: DataService, publisher: Json, datasets: Sequence[Dataset]) -> Json:
    return {
        "@id": f"{one.url}#service",
        "@type": "dcat:DataService",
        "dct:title": _in_both_languages(one.title),
        "dct:publisher": publisher,
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:conformsTo": [_standard(uri) for uri in one.standards],
        "dcat:endpointURL": {"@id": one.url},
        "dcat:endpointDescription": {"@id": one.description_url},
        "dcat:servesDataset": [{"@id": _id(dataset)} for dataset in datasets],
    }


def _id(one: Dataset) -> str:
    return f"{one.page}#dataset"


def _provenance(layer: Layer, simulated: bool) -> Json:
    """What the data were made from: the providers by name and address, or nobody's world."""
    origin = _SIMULATED if simulated else _origin(layer.sources)
    return {"@type": "dct:ProvenanceStatement", "rdfs:label": _in_both_languages(origin)}


def _origin(names: Sequence[str]) -> Text:
    """Sources by name and address, and analyses by name with what they are computed from."""
    origins = [_computed(name) if name in analyses() else _provider(name) for name in names]
    return Text("; ".join(one.th for one in origins), "; ".join(one.en for one in origins))


def _computed(name: str) -> Text:
    title, origin = analyses()[name].title, _origin(analyses()[name].sources)
    return Text(f"{title.th} คำนวณจาก {origin.th}", f"{title.en}, computed from {origin.en}")


def _provider(name: str) -> Text:
    source = source_named(name)
    return Text(f"{source.title.th} <{source.url}>", f"{source.title.en} <{source.url}>")


def _licence(layer: Layer) -> Json:
    url = licence_url(layer)
    if url:
        return {"@id": url, "@type": "dct:LicenseDocument"}
    return {"@type": "dct:LicenseDocument", "rdfs:label": _literal(layer.licence, "en")}


def _keywords(layer: Layer, simulated: bool) -> list[Text]:
    return [layer.title, _COUNTRY, *([_SIMULATED] if simulated else [])]


def _marked_simulated(text: Text, simulated: bool) -> Text:
    if not simulated:
        return text
    return Text(f"{_SIMULATED.th} — {text.th}", f"{_SIMULATED.en} — {text.en}")


def _temporal(period: Interval | None) -> Json:
    ends = {"dcat:startDate": period and period.start, "dcat:endDate": period and period.end}
    known = {name: _time(at) for name, at in ends.items() if at}
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", **known}} if known else {}


def _location(box: tuple[float, float, float, float]) -> Json:
    west, south, east, north = box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    outline = f"POLYGON(({', '.join(f'{lon} {lat}' for lon, lat in corners)}))"
    return {
        "@type": "dct:Location",
        "rdfs:label": _in_both_languages(_COUNTRY),
        "dcat:bbox": {"@value": outline, "@type": "gsp:wktLiteral"},
    }


def _standard(uri: str) -> Json:
    return {"@id": uri, "@type": "dct:Standard"}


def _languages() -> list[Json]:
    return [{"@id": f"{_EU}/language/{code}"} for code in ("THA", "ENG")]


def _modified(at: datetime | None) -> Json:
    return {"dct:modified": _time(at)} if at else {}


def _in_both_languages(text: Text) -> list[Json]:
    return [_literal(text.th, "th"), _literal(text.en, "en")]


def _literal(text: str, language: str) -> Json:
    return {"@value": text, "@language": language}


def _time(at: datetime) -> Json:
    return _typed(at.isoformat(timespec="seconds"), "dateTime")


def _typed(value: str, kind: str) -> Json:
    return {"@value": value, "@type": f"xsd:{kind}"}
