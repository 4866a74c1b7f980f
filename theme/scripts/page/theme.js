// The theme button: automatic, light, dark, and round again, so that the first press always changes
// something. first.js applies the choice on the next page.
(() => {
  "use strict";
  const { guarded } = window.labbook;
  const THEMES = { auto: "automatic", light: "light", dark: "dark" };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll(".theme-toggle")];

  const chosen = () => root.dataset.theme || root.dataset.defaultTheme || "auto";

  function show() {
    for (const button of buttons) {
      button.setAttribute("aria-label", `Theme: ${THEMES[chosen()]}`);
      button.title = `Theme: ${THEMES[chosen()]}`;
    }
  }

  function change() {
    const round = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const theme = round[(round.indexOf(chosen()) + 1) % round.length];
    root.dataset.theme = theme;
    guarded(() => localStorage.setItem("labbook.theme", theme));
    show();
  }

  for (const button of buttons) button.addEventListener("click", change);
  show();
})();
