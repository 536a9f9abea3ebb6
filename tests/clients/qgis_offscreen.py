"""QGIS, as Debian has it, without a screen: opens our layers as people add them, and draws them.

    sudo apt-get install --no-install-recommends python3-qgis
    QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/clients/qgis_offscreen.py http://127.0.0.1:8000

Not a test of the suite: QGIS and what it brings along are 171 packages. Exits with 1 where a layer
does not open, has no features, or has other types or values than the service says.
"""

import json
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.request import urlopen, urlretrieve

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize, QVariant
from qgis.PyQt.QtGui import QImage

SIZE = 400


def main(service: str) -> int:
    """Prints a line for each thing that was tried."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    tried = [
        ("OGC API – Features", features(service)),
        ("numbers keep their type", real_numbers(service)),
        ("vector tiles", tiles(service)),
        ("FlatGeobuf", downloaded(service, "fgb")),
        ("GeoPackage", downloaded(service, "gpkg")),
        ("CSV", downloaded(service, "csv")),
    ]
    application.exitQgis()
    for what, fault in tried:
        sys.stdout.write(f"{what}: {fault or 'as it should be'}\n")
    return int(any(fault for _, fault in tried))


def asked(url: str) -> Any:
    with urlopen(url) as answer:
        return json.load(answer)


def counted(service: str, layer: str) -> int:
    return int(asked(f"{service}/ogc/collections/{layer}/items?limit=1&f=json")["numberMatched"])


def oapif(service: str, layer: str) -> QgsVectorLayer:
    source = f" url='{service}/ogc/' typename='{layer}' pageSize='1000'"
    return QgsVectorLayer(source, layer, "OAPIF")


def features(service: str) -> str:
    """What is wrong with the factories as OGC API – Features, or nothing."""
    layer = oapif(service, "factories")
    if not layer.isValid():
        return f"is not valid: {layer.error().message()}"
    read = sum(1 for _ in layer.getFeatures())
    wanted = counted(service, "factories")
    return "" if read == wanted else f"{read} features, not {wanted}"


def real_numbers(service: str) -> str:
    """Of carbon's biogenic CO2: real, and none lost that the service has."""
    layer = oapif(service, "carbon")
    if not layer.isValid():
        return f"is not valid: {layer.error().message()}"
    field = layer.fields().field("biogenic_tco2")
    items = asked(f"{service}/ogc/collections/carbon/items?limit=10000&f=json")["features"]
    wanted = {str(one["id"]): one["properties"]["biogenic_tco2"] for one in items}
    total = sum(value for value in wanted.values() if value)
    read = [feature["biogenic_tco2"] for feature in layer.getFeatures()]
    found = sum(value for value in read if isinstance(value, float | int))
    if field.type() != QVariant.Double:
        return f"biogenic_tco2 is of type {field.typeName()}, not real"
    return "" if abs(found - total) < 1e-6 * max(1, total) else f"sum {found}, not {total}"


def tiles(service: str) -> str:
    """Of the hotspots by the address of their tiles."""
    address = f"{service}/tiles/hotspots/{{z}}/{{x}}/{{y}}.mvt"
    layer = QgsVectorTileLayer(f"type=xyz&url={address}&zmin=0&zmax=14", "hotspots")
    if not layer.isValid():
        return "is not valid"
    picture = drawn(layer)
    shades = {picture.pixel(x, y) for x in range(0, SIZE, 4) for y in range(0, SIZE, 4)}
    return "" if len(shades) > 1 else "nothing is drawn of Thailand"


def drawn(layer: QgsVectorTileLayer) -> QImage:
    """Thailand on a square."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setExtent(QgsRectangle(10.8e6, 6.2e5, 11.8e6, 2.35e6))
    settings.setOutputSize(QSize(SIZE, SIZE))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def downloaded(service: str, format: str) -> str:
    """Of the factories as a file: read by its parts, but for GeoPackage, which QGIS 3.22 opens to
    write and so cannot read by HTTP."""
    url = f"{service}/ogc/collections/factories/items?f={format}"
    path = f"/vsicurl/{url}"
    if format == "csv":
        path = f"CSV:{path}"
    if format == "gpkg":
        path, _ = urlretrieve(url, Path(mkdtemp()) / "factories.gpkg")
    layer = QgsVectorLayer(str(path), format, "ogr")
    if not layer.isValid():
        return f"is not valid: {layer.error().message()}"
    wanted = counted(service, "factories")
    read = layer.featureCount()
    return "" if read == wanted else f"{read} features, not {wanted}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
