// One live figure: what its controls do. It begins as the author wrote it, at the moment that the build has drawn.
(() => {
  "use strict";
  const { live } = window.labbook;
  /** What answers to the space bar by itself. */
  const USES_SPACE = "button, summary, select, a, textarea, input:not([type=range], [type=number])";
  const WRITES = "select, textarea, input:not([type=range], [type=radio], [type=checkbox])";

  /** Binds a figure that its author opens as `author` says; `opening` is the state it is opened in, if that is another. */
  live.bind = (element, author, opening) => {
    const form = element.querySelector(".figure-controls");
    const field = (name) => form.querySelector(`[data-do="${name}"]`);
    const controls = [...form.querySelectorAll("[data-control]")];
    const parts = live.addParts(form);
    const picture = live.picture(element.querySelector(".figure-picture"));
    const ending = new AbortController();
    let started = null;
    let instance, info, words, run, other, defaults, shownDone, shownTime, wantedTime, goOn;
    let runs = 1;

    // ---- Showing.

    function showTime() {
      const time = run.time();
      const text = live.secondsOf(time);
      if (text === shownTime) return;
      shownTime = text;
      const slider = field("time");
      slider.value = time;
      slider.setAttribute("aria-valuetext", text);
      slider.parentElement.querySelector("output").textContent = text;
    }

    function showControls() {
      shownDone = run.done();
      const values = run.values(defaults);
      for (const control of controls) {
        const { name, unit } = info.controls.find((each) => each.name === control.dataset.control);
        live.showControl(control, values.get(name), unit);
      }
    }

    function showRuns() {
      parts.fork.hidden = !other;
      parts.story.textContent = `You see run ${run.number}${run.story}.`;
    }

    /** Shows the run as it is now; `isOther` when the picture was that of another run. */
    function show(isOther) {
      if (isOther) picture.show(instance, run.handle);
      else picture.patch(instance.frame(run.handle));
      showTime();
      if (isOther || run.done() !== shownDone) showControls();
      if (isOther) {
        field("seed").value = run.state().seed;
        showRuns();
      }
    }

    /** Shows it and says it, for those who listen. */
    function tell(isOther, before = "") {
      show(isOther);
      parts.status.textContent = `${before}At ${live.secondsOf(run.time())}: ${words.tell(run)}`;
    }

    // ---- Runs.

    function open(state, story = "") {
      const opened = live.open(instance, author.words, { ...state, at: Math.min(state.at, info.end_ms) });
      return Object.assign(opened, { number: runs++, story });
    }

    function closeRuns() {
      run?.close();
      other?.close();
      run = other = null;
      runs = 1;
    }

    /** Goes on in a new run, and keeps the one that is left. */
    function branch(state, story) {
      const fresh = open(state, story);
      other?.close();
      [run, other] = [fresh, run];
    }

    function set(control, value) {
      if (run.values(defaults).get(control) === value) return;
      const isPast = run.time() < run.furthest;
      if (isPast) branch(run.stateUntilNow(), `, which left run ${run.number} at ${live.secondsOf(run.time())}`);
      const problem = run.set(control, value);
      if (problem) showControls();
      tell(isPast, problem || (isPast ? `Run ${run.number} begins here; run ${other.number} is kept. ` : ""));
    }

    function setSeed(seed) {
      if (seed === run.state().seed) return;
      if (/^\d{1,19}$/.test(seed)) {
        // What was done later is done again, so setting a control before that is a fork, too.
        branch({ ...run.state(), seed }, `, with seed ${seed}`);
        tell(true, `Run ${run.number} has seed ${seed}; run ${other.number} is kept. `);
      } else field("seed").value = run.state().seed;
    }

    function showOther() {
      other.seek(run.time());
      [run, other] = [other, run];
      tell(true, `Run ${run.number}. `);
    }

    /** Opens the figure in a state; what that leaves out is the author's. */
    function restore(state) {
      live.pause(figure);
      closeRuns();
      try {
        run = open({ ...author.state, ...state });
      } catch (error) {
        closeRuns();
        run = open(author.state);
        return `${error.message}: the figure is as its author opened it. `;
      }
      return "";
    }

    // ---- Moving.

    function step(ms) {
      run.step(Math.max(0, Math.min(ms, info.end_ms - run.time())));
    }

    function seek(ms) {
      run.seek(Math.max(0, Math.min(ms, info.end_ms)));
    }

    function toggle() {
      if (live.plays(figure)) {
        live.pause(figure);
        tell(false);
        return;
      }
      if (run.time() >= info.end_ms) seek(0);
      live.play(figure);
    }

    function stepOnce() {
      live.pause(figure);
      step(info.step_ms);
      tell(false);
    }

    /** A slider that is dragged asks more often than pictures are drawn. */
    function seekSoon(ms) {
      live.pause(figure);
      if (wantedTime === undefined) {
        requestAnimationFrame(() => {
          const ms = wantedTime;
          wantedTime = undefined;
          guarded(() => {
            seek(ms);
            show(false);
            words.follow(run);
          });
        });
      }
      wantedTime = ms;
    }

    function told() {
      if (wantedTime !== undefined) seek(wantedTime);
      tell(false);
    }

    // ---- The state's address.

    async function link() {
      live.pause(figure);
      const fragment = live.writeAddress(element.id, run.state());
      const address = location.href.replace(/#.*/, "") + fragment;
      window.labbook.guarded(() => history.replaceState(null, "", fragment));
      parts.address.value = address;
      try {
        await navigator.clipboard.writeText(address);
        parts.status.textContent = "";
        parts.status.textContent = "The link is copied.";
        field("link").textContent = "Copied";
        setTimeout(() => (field("link").textContent = "Link to this"), 1600);
      } catch {
        parts.address.hidden = false;
        parts.address.select();
        parts.address.focus();
        parts.status.textContent = "Copy the link from this field.";
      }
    }

    // ---- Beginning and ending.

    function still(why) {
      goOn ??= live.still(element, why);
      live.pause(figure);
    }

    /** Runs `act`; a figure that fails stands still, and says so. */
    function guarded(act) {
      if (goOn || ending.signal.aborted) return undefined;
      try {
        return act();
      } catch (error) {
        console.error(error);
        return still("the program of this figure has stopped");
      }
    }

    async function begin() {
      try {
        instance = await live.instance();
      } catch {
        still("this browser does not run its program");
        throw new Error("no instance");
      }
      guarded(() => {
        info = JSON.parse(instance.ask("figure_list")).find(({ name }) => name === author.words.figure);
        defaults = info.controls.map(({ name, value }) => [name, value]);
        words = live.words(element, instance);
        restore(opening);
        show(true);
        if (opening) words.tell(run);
      });
    }

    /** Runs `act` once the figure is ready, with what it needs. */
    async function ready(act) {
      try {
        await (started ??= begin());
      } catch {
        return undefined;
      }
      return guarded(act);
    }

    const doing = { play: toggle, step: stepOnce, reset: () => tell(true, restore()), link, other: showOther };

    const figure = {
      element,
      // For the clock.
      speed: () => Number(field("speed").value),
      stepMs: () => info.step_ms,
      advance(ms) {
        guarded(() => {
          step(ms);
          show(false);
          words.follow(run);
          if (run.time() >= info.end_ms) toggle();
        });
      },
      turned() {
        field("play").textContent = live.plays(figure) ? "Pause" : "Play";
        if (!live.plays(figure)) guarded(() => words.tell(run));
      },
      // For the page.
      author,
      state: () => (run && !goOn ? run.state() : opening),
      restore: (state) => ready(() => tell(true, restore(state))),
      still,
      close() {
        live.pause(figure);
        ending.abort();
        near.disconnect();
        seen.disconnect();
        if (!goOn) closeRuns();
        goOn?.();
        parts.made.forEach((part) => part.remove());
      },
      /** What scripts may ask, once the figure runs: see `labbook.figure`. */
      asked: () =>
        ready(() => ({
          digest: () => run.digest(),
          state: () => run.state(),
          picture: () => instance.ask("figure_svg", run.handle),
          restore: (state) => tell(true, restore(state)),
          seek: (ms) => (seek(ms), tell(false)),
          set: (control, value) => set(control, value),
          step: (ms) => (step(ms), show(false)),
        })),
    };

    const on = (target, name, act, options) => target.addEventListener(name, act, { ...options, signal: ending.signal });

    on(form, "submit", (event) => event.preventDefault());
    on(form, "click", ({ target }) => {
      const what = doing[target.closest("button")?.dataset.do];
      if (what) ready(what);
    });
    on(form, "input", ({ target }) => {
      // Read now: when the figure becomes ready, it shows what it has.
      const control = target.closest("[data-control]");
      const value = control ? live.readControl(control) : Number(target.value);
      if (control) ready(() => set(control.dataset.control, value));
      if (target === field("time")) ready(() => seekSoon(value));
    });
    on(form, "change", ({ target }) => {
      const { value } = target;
      if (target === field("seed")) ready(() => setSeed(value));
      if (target === field("time")) ready(told);
    });
    on(element, "toggle", () => started && ready(() => words.tell(run)), { capture: true });
    on(element, "focusin", () => ready(() => {}));
    on(window, "beforeprint", () => live.pause(figure));
    on(element, "keydown", (event) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const act = { " ": !event.target.matches(USES_SPACE) && toggle, ".": !event.target.matches(WRITES) && stepOnce }[event.key];
      if (!act) return;
      event.preventDefault();
      ready(act);
    });

    const near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && ready(() => {}), { rootMargin: "50%" });
    const seen = new IntersectionObserver((entries) => entries.at(-1).isIntersecting || live.pause(figure));
    near.observe(element);
    seen.observe(element);
    // Clicking in it gives it the keys.
    element.tabIndex = -1;
    // A browser may have kept what the fields said before the page was loaded again.
    form.reset();
    return figure;
  };
})();
