// A run of a figure: what it was opened with, what was done to it and when, and how far it has come. And the address of a state:
//
//   #fig=who-gets-next&seed=7&set=policy=round-robin,rate=120&actions=3s:stop=2,7.25s:policy=two-choices&t=12.5
//
// `fig` is the id of the figure, `set` its controls at time 0, `actions` what was done later (written as the labs' programs take
// them), `t` the time in seconds. What is left out is as the author has it. Fragments need no percent signs for any of these.
(() => {
  "use strict";
  const { live } = window.labbook;

  const list = (text) => (text ? text.split(",") : []);
  const seconds = (ms) => String(ms / 1000);

  /** `control=value` as a pair. */
  const pair = (text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];

  /** The actions of `3s:stop=2,7.25s:policy=random`, with times in milliseconds. */
  const readActions = (text) =>
    list(text).map((action) => {
      const [, at, rest] = /^([\d.]+)s:(.*)$/.exec(action);
      return [at * 1000, ...pair(rest)];
    });

  /** Opens a run of a figure. `words`: its name, id, title and description; `state`: seed, set, actions, at (ms). */
  live.open = (instance, words, state) => {
    const line = ([key, value]) => `${key}=${String(value).replace(/\s+/g, " ")}`;
    const lines = [...Object.entries(words), ["seed", state.seed], ...list(state.set).map((set) => ["set", set]), ["actions", state.actions]];
    const handle = instance.figure_open(instance.give(lines.map(line).join("\n")));
    if (handle < 0) throw new Error(instance.ask("figure_problem"));
    let actions = readActions(state.actions);

    const run = {
      handle,
      /** The latest time this run has been at, or will be at if it only goes on. */
      furthest: Math.max(0, ...actions.map(([at]) => at)),
      time: () => instance.figure_time(handle),
      digest: () => instance.ask("figure_digest", handle),
      seek(ms) {
        instance.figure_seek(handle, ms);
        run.furthest = Math.max(run.furthest, run.time());
      },
      step(ms) {
        instance.figure_step(handle, ms);
        run.furthest = Math.max(run.furthest, run.time());
      },
      /** Sets a control now; gives what is against that, if anything is. */
      set(control, value) {
        const isSet = instance.figure_set(handle, instance.give(`${control}=${value}`)) >= 0;
        if (!isSet) return `${instance.ask("figure_problem")}. `;
        actions = readActions(instance.ask("figure_actions", handle));
        return "";
      },
      /** How many actions the present has behind it. */
      done: () => actions.filter(([at]) => at <= run.time()).length,
      /** The controls' values now, given those they have when nobody sets them. */
      values: (defaults) => new Map([...defaults, ...list(state.set).map(pair), ...actions.slice(0, run.done()).map(([, ...set]) => set)]),
      /** What `open` needs to come back here. */
      state: () => ({ seed: state.seed, set: state.set, actions: instance.ask("figure_actions", handle), at: run.time() }),
      /** As `state`, without what was done later than now. */
      stateUntilNow: () => ({ ...run.state(), actions: list(run.state().actions).slice(0, run.done()).join(",") }),
      close: () => instance.figure_close(handle),
    };
    run.seek(state.at);
    return run;
  };

  /** The fragment that leads to a state of the figure with this id. */
  live.writeAddress = (id, { seed, set, actions, at }) => {
    const parts = [["fig", encodeURIComponent(id)], ["seed", seed], ["set", set], ["actions", actions], ["t", seconds(at)]];
    return `#${parts.filter(([, value]) => value !== "").map((part) => part.join("=")).join("&")}`;
  };

  /** The figure and the state that a fragment leads to, or null. */
  live.readAddress = (fragment) => {
    if (!fragment.startsWith("#fig=")) return null;
    const parts = new Map();
    for (const part of fragment.slice(1).split("&")) {
      try {
        parts.set(...pair(decodeURIComponent(part)));
      } catch {
        // Somebody's typing error: that part is as the author has it.
      }
    }
    const at = Math.round(parts.get("t") * 1000);
    const given = { seed: parts.get("seed"), set: parts.get("set"), actions: parts.get("actions"), at: at >= 0 ? at : undefined };
    return { id: parts.get("fig"), state: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  };
})();
