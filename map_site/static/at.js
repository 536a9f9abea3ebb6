// Where the site is: a proxy may publish it under a path, which the page names. It may also be files
// (`data-published`: where the service is, if anywhere), as map_site/published.py names them.
(function () {
  "use strict";

  const fahsai = (globalThis.fahsai = globalThis.fahsai || {});
  const { prefix = "", published } = document.documentElement.dataset;
  const english = document.documentElement.lang === "en" ? "/en" : "";

  // A server of files knows no query: it is a part of the name.
  function fileOf(address) {
    if (!/^\/(api|ogc)\//.test(address)) return published ? published + address : `${prefix}${english}/elsewhere.html`;
    const [path, query] = address.split("?");
    return `${prefix}${path}${query ? `_${decodeURIComponent(query).replace(/[^A-Za-z0-9.-]+/g, "_")}` : ""}.json`;
  }

  fahsai.isPublished = published !== undefined;
  // An address of ours, from the root of the site, as it is to be asked for.
  fahsai.at = fahsai.isPublished ? fileOf : (address) => prefix + address;
  // A path as it was asked for, from the root of the site.
  fahsai.within = (path) => (prefix && path.startsWith(prefix) ? path.slice(prefix.length) || "/" : path);
})();
