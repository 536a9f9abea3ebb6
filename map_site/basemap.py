"""The basemap on a Folium map: roads from a PMTiles file that we serve ourselves."""

from branca.element import MacroElement
from folium.template import Template

URL = "/basemap.pmtiles"


class Basemap(MacroElement):
    """Add it to a map of `layers.draw.country_map`; a map without it loads nothing of it.

    `assets` is the path of our static files.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <script src="{{ this.options.base|e }}/basemap.js"></script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            fahsai.basemap({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, assets: str, language: str, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Basemap"
        self.options = {"url": url, "base": assets, "language": language}
