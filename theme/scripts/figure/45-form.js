// The form of a figure: what its author set, and what a page adds to it that runs scripts.
(() => {
  "use strict";
  const { live } = window.labbook;
  const { make } = live;

  /** What a figure's element says of itself: `words` names it to the module, `state` is how the author opens it. */
  live.readElement = (element) => {
    const { figure, seed, set, actions, atMs } = element.dataset;
    const text = (tag) => element.querySelector(`.figure-picture ${tag}`)?.textContent ?? "";
    const words = { figure, id: element.id, title: text("title"), description: text("desc") };
    return { words, state: { seed, set: set ?? "", actions: actions ?? "", at: Number(atMs) } };
  };

  /** Puts what only works with scripts into the form: a link to the state, the way to the other run, and a voice. */
  live.addParts = (form) => {
    const button = (name, text) => {
      const made = make("button", { type: "button", textContent: text });
      made.dataset.do = name;
      return made;
    };
    const link = button("link", "Link to this");
    const address = make("input", { className: "figure-address", readOnly: true, hidden: true });
    address.setAttribute("aria-label", "Address of this state");
    const story = make("span");
    const fork = make("p", { className: "figure-fork", hidden: true });
    fork.append(story, " ", button("other", "Back to the other run"));
    const status = make("p", { className: "visually-hidden", role: "status" });
    form.querySelector(".figure-run").append(link);
    form.append(address, fork, status);
    // Their words change with every picture; what is worth hearing comes by the status.
    form.querySelectorAll("output").forEach((output) => output.setAttribute("aria-live", "off"));
    return { address, story, fork, status, made: [link, address, fork, status] };
  };

  /** Takes the controls away, and says why. Gives what takes that back. */
  live.still = (element, why) => {
    const note = make("p", { className: "figure-still", textContent: `The picture stays still: ${why}.` });
    element.dataset.still = "";
    element.querySelector(".figure-controls").after(note);
    return () => {
      delete element.dataset.still;
      note.remove();
    };
  };
})();
