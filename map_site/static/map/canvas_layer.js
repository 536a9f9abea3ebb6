// A layer that is painted on a canvas, which goes along with the map until it is painted anew.
(function () {
  "use strict";

  const PAPER_DPR = 3;

  const CanvasLayer = L.Layer.extend({
    options: { padding: 0.15 },

    getAttribution() { return this.declaration.attribution; },

    getEvents() {
      const events = { viewreset: this._follow, zoom: this._follow };
      if (this._isAnimated()) events.zoomanim = this._animate;
      return events;
    },

    // Two, of which one is shown while the other is painted.
    _addCanvas(pane) {
      this._canvas = this._newCanvas();
      this._spare = this._newCanvas();
      pane.append(this._canvas);
    },

    _removeCanvas() {
      this._canvas.remove();
      this._center = null;
    },

    _newCanvas() {
      const made = L.DomUtil.create("canvas", "fahsai-canvas leaflet-layer");
      made.setAttribute("aria-hidden", "true"); // the table is its equal
      if (this._isAnimated()) L.DomUtil.addClass(made, "leaflet-zoom-animated");
      return made;
    },

    _isAnimated() { return this._map.options.zoomAnimation && L.Browser.any3d; },

    _view() {
      const size = this._map.getSize();
      const margin = size.multiplyBy(this.options.padding).round();
      return { size: size.add(margin.multiplyBy(2)), topLeft: this._map.containerPointToLayerPoint(margin.multiplyBy(-1)) };
    },

    // What `fahsai.paint…` paints on, as paint.js has it; of the map's view as it is.
    _frame() {
      const map = this._map;
      const { size, topLeft } = this._view();
      const dpr = map.fahsaiAtOnce ? PAPER_DPR : window.devicePixelRatio || 1;
      const corner = map.getPixelOrigin().add(topLeft);
      const canvas = this._spare;
      canvas.width = Math.round(size.x * dpr); // which clears it
      canvas.height = Math.round(size.y * dpr);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      const pen = canvas.getContext("2d");
      pen.setTransform(dpr, 0, 0, dpr, 0, 0);
      return { pen, dpr, topLeft, scale: 256 * 2 ** map.getZoom(), left: corner.x, top: corner.y,
        width: size.x, height: size.y, zoom: map.getZoom(), center: map.getCenter() };
    },

    // The frame that is painted takes the other's place.
    _showFrame({ pen: { canvas }, center, zoom, topLeft, width, height }) {
      Object.assign(this, { _center: center, _zoom: zoom, _half: L.point(width / 2, height / 2), _spare: this._canvas, _canvas: canvas });
      L.DomUtil.setPosition(canvas, topLeft);
      this._spare.replaceWith(canvas);
    },

    _animate({ center, zoom }) { this._place(center, zoom); },
    _follow() { this._place(this._map.getCenter(), this._map.getZoom()); },

    _place(center, zoom) {
      if (!this._center) return;
      const map = this._map;
      const scale = map.getZoomScale(zoom, this._zoom);
      const offset = this._half.multiplyBy(-scale).add(map.project(this._center, zoom))
        .subtract(map._getNewPixelOrigin(center, zoom));
      L.DomUtil.setTransform(this._canvas, offset, scale);
    },
  });

  Object.assign(fahsai, { CanvasLayer });
})();
