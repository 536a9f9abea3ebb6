// The popup of a theme's map, which the address names by its place: "13.65000,100.43000" in the
// theme's own layer, "13.65000,100.43000,factories" in one that is switched on beside it.
(function () {
  "use strict";

  const FORM = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,(\w+))?$/;

  // The name as it stands in the address, or null; `layers` are the names of those that may be switched on.
  function parsePopup(text, layers) {
    const layer = FORM.exec(text || "")?.[3];
    return FORM.test(text || "") && (!layer || layers.includes(layer)) ? text : null;
  }

  const nameOf = ({ lat, lng }, layer) => [lat.toFixed(5), lng.toFixed(5), ...(layer ? [layer] : [])].join();

  // One at a time on a side; `told(name)` hears which is open, null of none, when a reader changed it.
  class NamedPopup {
    constructor(side, told) {
      Object.assign(this, { side, told, open: null, of: null, wanted: null, isOurs: false });
    }

    // `name` is null of the theme's own layer.
    watch(layer, name) {
      layer.on("drawn", () => this.follow());
      layer.on("popup", ({ latlng }) => {
        Object.assign(this, { open: nameOf(latlng, name), of: this.wanted?.of ?? null });
        this._hear();
      });
      layer.on("popupclosed", () => {
        this.open = null;
        this._hear();
      });
    }

    // What a reader opened or closed is what is wanted: the next drawing does not undo it.
    _hear() {
      if (this.isOurs) return;
      this.wanted = { name: this.open, of: this.of };
      this.told(this.open);
    }

    // What is to be open, and of which time: of another time it says other values.
    show(name, of) {
      this.wanted = { name, of };
      this.follow();
    }

    // A layer tells what lies at a place only once it is drawn.
    follow() {
      if (!this.wanted) return;
      const { name, of } = this.wanted;
      if (name === this.open && (name === null || of === this.of)) return;
      if (name === null) return this._act(() => this.side.map.closePopup());
      const [, lat, lng, named] = FORM.exec(name);
      const layer = named ? this.side.layers[named] : this.side.own;
      if (!layer?._map || !layer._drawn) return;
      const place = L.latLng(lat, lng);
      const feature = layer.featureAt(place, true);
      if (feature) return this._act(() => fahsai.openPopup(layer, feature, place));
      if (this.open) this._act(() => this.side.map.closePopup()); // what it said is of another time
    }

    // A cell's middle moves with the zoom: the name stays the one that was asked for.
    _act(act) {
      this.isOurs = true;
      act();
      this.isOurs = false;
      Object.assign(this, { open: this.open && this.wanted.name, of: this.wanted.of });
    }
  }

  Object.assign(fahsai, { NamedPopup, parsePopup });
})();
