// What map_site/static/map reads vector tiles with; setup/assets bundles it as `vectorTiles`.
export { VectorTile } from "@mapbox/vector-tile";
export { default as Pbf } from "pbf";
export { default as geojsonvt } from "geojson-vt";
