// Places as fractions of the world's square map (Web Mercator), as tiles cut it: x from 0 at 180° W,
// y from 0 in the north, both up to 1. The same numbers as `mercator_x` and `mercator_y` have in SQL.
(function () {
  "use strict";

  const CIRCUMFERENCE_M = 40075016.686;

  const worldX = (lon) => (lon + 180) / 360;
  function worldY(lat) {
    const sine = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180);
    return 0.5 - Math.atanh(sine) / (2 * Math.PI);
  }
  const lonOf = (x) => x * 360 - 180;
  const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  // How many metres the width of the whole map means at that height of it.
  const metresAt = (y) => CIRCUMFERENCE_M * Math.cos((latOf(y) * Math.PI) / 180);

  // {west, north, east, south} of a Leaflet LatLngBounds, in fractions.
  function worldBox(bounds) {
    return {
      west: worldX(bounds.getWest()), east: worldX(bounds.getEast()),
      north: worldY(bounds.getNorth()), south: worldY(bounds.getSouth()),
    };
  }

  const isWithin = (box, x, y) => x >= box.west && x < box.east && y >= box.north && y < box.south;

  Object.assign(fahsai, { worldX, worldY, lonOf, latOf, metresAt, worldBox, isWithin });
})();
