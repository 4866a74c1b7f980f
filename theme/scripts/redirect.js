// On a page that has moved: goes to the new address and takes the fragment along. Without scripts the
// page's <meta refresh> goes there, only without the fragment.
(() => {
  "use strict";
  const { url, fragments } = document.currentScript.dataset;
  const moved = fragments ? JSON.parse(fragments) : {};
  const hash = location.hash;
  const own = Object.prototype.hasOwnProperty.call(moved, hash);
  location.replace(own ? moved[hash] : url.includes("#") ? url : url + hash);
})();
