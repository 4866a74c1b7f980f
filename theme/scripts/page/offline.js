// A published book is kept for reading offline.
((worker, { serviceWorker: all }) => {
  if (!all || location.protocol === "file:") return;
  if (worker) all.register(worker);
  else if (/^(localhost|127)/.test(location.host)) all.getRegistration().then((old) => old?.unregister());
})(document.currentScript.dataset.worker, navigator);
