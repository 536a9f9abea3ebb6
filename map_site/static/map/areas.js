// What fills an area: the page's values, or the layer's own ramp over what it shows.
(function () {
  "use strict";

  const { ZERO } = fahsai;

  // A function of a piece to its colour, "hatch", or null for the ground as it is.
  function areaFills({ declaration: { style }, values, ramp }, tiles) {
    if (values) {
      return ({ code }) => {
        const value = values.get(code);
        if (value === undefined || value === "hatch") return "hatch";
        return value === "zero" ? ZERO : ramp[value];
      };
    }
    if (style.ramp.length) return ownRamp(style, tiles);
    const plain = translucent(style.color, style.fill_opacity);
    return ({ properties: { [style.by]: value } }) => {
      if (style.hatched.includes(value)) return "hatch";
      return style.colors[value] ? translucent(style.colors[value], style.fill_opacity) : plain;
    };
  }

  function ownRamp(style, tiles) {
    const { by, ramp } = style;
    const limits = rampLimits(style, tiles);
    return ({ properties }) => {
      const value = properties[by];
      if (!Number.isFinite(value)) return "hatch";
      return ramp[Math.max(0, limits.filter((limit) => limit <= value).length - 1)];
    };
  }

  // The least values of the colours of a layer's own ramp: as declared, or over what is shown.
  function rampLimits({ by, ramp, breaks }, tiles) {
    if (breaks.length) return [-Infinity, ...breaks];
    const known = new Map();
    for (const { pieces = [] } of tiles) for (const { code, properties } of pieces) known.set(code, properties[by]);
    return quantiles([...known.values()], ramp.length);
  }

  // The least values of the ramp's colours, each for about as many areas.
  function quantiles(values, classes) {
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    const limits = [];
    for (let i = 0; i < classes && sorted.length; i++)
      limits.push(sorted[Math.floor((i * sorted.length) / classes)]);
    return [...new Set(limits)];
  }

  function translucent(color, opacity) {
    const part = (i) => parseInt(color.slice(i, i + 2), 16);
    return `rgb(${part(1)} ${part(3)} ${part(5)} / ${Math.round(opacity * 100)}%)`;
  }

  Object.assign(fahsai, { areaFills, rampLimits, translucent });
})();
