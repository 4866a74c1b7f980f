// The one clock of a page. Nothing plays by itself; one figure plays at a time; nobody watching stops it, and only Play starts it again.
(() => {
  "use strict";
  const { live } = window.labbook;
  /** A picture that comes later than this was held up: the run waits, too. In milliseconds. */
  const LATE_MS = 100;
  /** For readers who asked for less motion: one step of the figure so often, and nothing in between. */
  const STEP_EVERY_MS = 500;

  const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
  let playing = null;
  let before = 0;
  /** The part of a millisecond of the run that has not been shown yet. */
  let rest = 0;
  let next = 0;

  function advance(now) {
    const passed = Math.max(0, Math.min(now - before, LATE_MS)) * playing.speed() + rest;
    before = now;
    rest = passed % 1;
    next = requestAnimationFrame(advance);
    playing.advance(Math.floor(passed));
  }

  function go() {
    before = performance.now();
    rest = 0;
    if (lessMotion.matches) next = setInterval(() => playing.advance(playing.stepMs()), STEP_EVERY_MS);
    else next = requestAnimationFrame(advance);
  }

  function halt() {
    // A number of one kind may be one of the other, too: only one of them is in use.
    cancelAnimationFrame(next);
    clearInterval(next);
  }

  live.lessMotion = lessMotion;
  live.plays = (figure) => playing === figure;

  live.play = (figure) => {
    live.pause(playing);
    playing = figure;
    go();
    figure.turned();
  };

  live.pause = (figure) => {
    if (!figure || playing !== figure) return;
    halt();
    playing = null;
    figure.turned();
  };

  document.addEventListener("visibilitychange", () => document.hidden && live.pause(playing));
  lessMotion.addEventListener("change", () => {
    if (!playing) return;
    halt();
    go();
  });
})();
