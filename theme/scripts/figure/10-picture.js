// The picture of a figure: the SVG that the build wrote, whose nodes are found by id once and patched from then on.
(() => {
  "use strict";
  const { live } = window.labbook;

  /** Lengths come in hundredths; as in the module's SVG they have no zeros at their end. */
  const length = (hundredths) => String(hundredths / 100);

  const setText = (node, words, at, size) => (node.textContent = live.decode(words, at, size));

  /** What moves a node without text being written and read again, which takes four times as long; or null. */
  function placeOf(node) {
    const places = node.transform?.baseVal;
    return places?.numberOfItems === 1 ? places.getItem(0) : null;
  }

  function setShown(node, isShown) {
    if (isShown) node.removeAttribute("display");
    else node.setAttribute("display", "none");
  }

  function setPoints(node, words, at, count) {
    let points = "";
    for (let end = at + 2 * count; at < end; at += 2) points += `${points && " "}${length(words[at])},${length(words[at + 1])}`;
    node.setAttribute("points", points);
  }

  /** The `<svg>` in `holder`; `show(instance, handle)` makes it that of a run, `patch(words)` applies a frame. */
  live.picture = (holder) => {
    let nodes = [];
    let places = [];
    let classes = [];

    /** Shows a run as it is now. The picture that stands there already, as the build wrote it, stays. */
    function show(instance, handle) {
      const text = instance.ask("figure_svg", handle);
      const fresh = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      if (!fresh.isEqualNode(holder.firstElementChild)) holder.replaceChildren(document.importNode(fresh, true));
      // One of the classes may be none at all, so only the first empty line parts them from the ids.
      const lists = instance.ask("figure_nodes", handle);
      const end = lists.indexOf("\n\n");
      nodes = lists.slice(0, end).split("\n").map((id) => document.getElementById(id));
      classes = lists.slice(end + 2).split("\n");
      places = nodes.map(placeOf);
    }

    /** Applies the records of a frame: kind, node, arguments. */
    function patch(words) {
      for (let at = 0; at < words.length; ) {
        const kind = words[at];
        const node = nodes[words[at + 1]];
        const [first, second] = [words[at + 2], words[at + 3]];
        at += 3;
        if (kind === 1) {
          const place = places[words[at - 2]];
          if (place) place.setTranslate(first / 100, second / 100);
          else node.setAttribute("transform", `translate(${length(first)} ${length(second)})`);
          at += 1;
        } else if (kind === 2) node.setAttribute("class", classes[first]);
        else if (kind === 3) {
          setText(node, words, at, first);
          at += Math.ceil(first / 4);
        } else if (kind === 4) setShown(node, first);
        else if (kind === 5) node.setAttribute("width", length(first));
        else if (kind === 6) node.setAttribute("height", length(first));
        else if (kind === 7) {
          setPoints(node, words, at, first);
          at += 2 * first;
        } else throw new Error(`a frame has a record of kind ${kind}`);
      }
    }

    return { show, patch };
  };
})();
