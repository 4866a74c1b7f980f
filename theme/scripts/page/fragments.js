// Old fragments that now live elsewhere: an old link still finds its section.
(() => {
  "use strict";
  const map = JSON.parse(document.body.dataset.fragmentRedirects || "{}");

  function follow() {
    if (Object.prototype.hasOwnProperty.call(map, location.hash)) location.replace(map[location.hash]);
  }

  follow();
  addEventListener("hashchange", follow);
})();
