// Where the site is: a proxy may publish it under a path, which the page names.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const prefix = document.documentElement.dataset.prefix || "";

  // An address of ours, from the root of the site, as it is to be asked for.
  fahsai.at = (address) => prefix + address;
  // A path as it was asked for, from the root of the site.
  fahsai.within = (path) => (prefix && path.startsWith(prefix) ? path.slice(prefix.length) || "/" : path);
})();
