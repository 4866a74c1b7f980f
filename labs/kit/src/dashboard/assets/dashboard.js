// The page follows the lab: pictures and news come by server-sent events, pokes go out by POST.
(() => {
  "use strict";
  const { live } = window.labbook;
  const board = document.getElementById("board");
  const form = board.querySelector(".figure-controls");
  const problem = form.querySelector(".board-problem");
  const line = document.querySelector(".board-line");
  const latencies = document.querySelector(".board-latencies .figure-picture");
  const log = document.querySelector("[data-log]");

  /** What came last, by the names that a module of figures would have for it. */
  const answers = { figure_svg: "", figure_nodes: "", figure_summary: "", figure_table: "" };
  const lab = { ask: (name) => answers[name] };
  const now = { handle: 0, ms: 0, time: () => Math.floor(now.ms / 1000) * 1000 };
  const picture = live.picture(board.querySelector(".figure-picture"));
  const words = live.words(board, lab);
  let isShown = false;

  // ---- What comes.

  function frameOf(base64) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new Int32Array(bytes.buffer);
  }

  function showControls(values) {
    for (const [name, value] of values) {
      const control = form.querySelector(`[data-control="${name}"]`);
      // Not under the reader's finger.
      if (control && control !== held) live.showControl(control, value, control.dataset.unit);
    }
  }

  function showLog(entries) {
    const newest = entries[0]?.join(" ");
    if (newest === log.dataset.newest) return;
    log.dataset.newest = newest;
    log.replaceChildren(
      ...entries.map(([at, what]) => {
        const item = live.make("li");
        item.append(live.make("time", { textContent: at }), " ", what);
        return item;
      }),
    );
  }

  function showLatencies(svg) {
    const fresh = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    latencies.replaceChildren(document.importNode(fresh, true));
  }

  function showNews(news) {
    now.ms = news.at_ms;
    answers.figure_summary = news.summary;
    answers.figure_table = news.table;
    words.follow(now);
    showControls(news.controls);
    showLatencies(news.latencies);
    showLog(news.log);
  }

  function say(text) {
    if (line.textContent !== text) line.textContent = text;
  }

  let stream;

  function listen() {
    stream = new EventSource("/events");
    stream.addEventListener("picture", ({ data }) => {
      const { svg, nodes } = JSON.parse(data);
      answers.figure_svg = svg;
      answers.figure_nodes = nodes;
      picture.show(lab, 0);
      isShown = true;
      say("live");
    });
    stream.addEventListener("frame", ({ data }) => isShown && picture.patch(frameOf(data)));
    stream.addEventListener("news", ({ data }) => showNews(JSON.parse(data)));
    stream.addEventListener("error", () => {
      isShown = false;
      say("the lab does not answer: is it still running?");
      // Refused, a stream does not come back by itself.
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || listen(), 3000);
    });
  }

  // A page out of sight needs no pictures.
  document.addEventListener("visibilitychange", () => {
    stream?.close();
    isShown = false;
    if (!document.hidden) listen();
  });

  // ---- What goes out.

  let held = null;

  async function poke(control) {
    let told;
    try {
      const body = `${control.dataset.control}=${live.readControl(control)}`;
      const answer = await fetch("/set", { method: "POST", headers: { "X-Lab": "1" }, body });
      told = answer.ok ? "" : await answer.text();
    } catch {
      told = "The lab does not answer: is it still running?";
    }
    problem.hidden = !told;
    problem.textContent = told;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    const control = target.closest("[data-control]");
    if (!control) return;
    const output = control.querySelector("output");
    if (!output) return;
    held = control;
    output.textContent = `${target.value} ${control.dataset.unit ?? ""}`.trim();
  });
  form.addEventListener("change", ({ target }) => {
    const control = target.closest("[data-control]");
    if (!control) return;
    held = control;
    poke(control).finally(() => (held = null));
  });

  listen();
})();
