// What stands around a picture: the controls, the time, the sentence, the table. Values go in and out as the module writes them.
(() => {
  "use strict";
  const { live } = window.labbook;

  const setText = (node, text) => node && node.textContent !== text && (node.textContent = text);

  /** `12.3 s`. */
  live.secondsOf = (ms) => `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;

  live.make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /** What the fields of a control say. */
  live.readControl = (control) => {
    const fields = [...control.querySelectorAll("input")];
    if (fields[0].type === "range") return fields[0].value;
    const chosen = fields.filter((field) => field.checked).map((field) => field.value);
    return chosen.join("+") || "none";
  };

  /** Makes the fields of a control say `value`. */
  live.showControl = (control, value, unit) => {
    const chosen = value.split("+");
    for (const field of control.querySelectorAll("input")) {
      if (field.type === "range") field.value = value;
      else field.checked = chosen.includes(field.value);
    }
    const text = unit ? `${value} ${unit}` : value;
    setText(control.querySelector("output"), text);
  };

  /** Puts a table (lines of cells between tabs: the caption, the heads, the rows) in the place of the numbers that stand there. */
  function showTable(table, text) {
    const [caption, heads, ...rows] = text.split("\n").filter(Boolean).map((line) => line.split("\t"));
    const [head, body] = [table.tHead.rows[0], table.tBodies[0]];
    setText(table.caption, caption[0]);
    heads.forEach((cell, column) => setText(head.cells[column], cell));
    while (body.rows.length > rows.length) body.deleteRow(-1);
    while (body.rows.length < rows.length) {
      const row = body.rows[0]?.cloneNode(true) ?? live.make("tr");
      while (row.cells.length < heads.length) row.insertCell();
      body.append(row);
    }
    rows.forEach((cells, row) => cells.forEach((cell, column) => setText(body.rows[row].cells[column], cell)));
  }

  /** The sentence and the table of a figure: `follow` while it plays, `tell` when it stands. */
  live.words = (element, instance) => {
    const sentence = element.querySelector(".figure-sentence");
    const numbers = element.querySelector(".figure-numbers");
    let sentenceAt = 0;
    let tableAt = 0;

    function showSentence({ handle }) {
      sentenceAt = performance.now();
      setText(sentence, instance.ask("figure_summary", handle));
    }

    function showNumbers({ handle, time }) {
      tableAt = performance.now();
      setText(numbers.querySelector("summary"), `The numbers at ${time() / 1000} s`);
      showTable(numbers.querySelector("table"), instance.ask("figure_table", handle));
    }

    /** Shows the state of `run`, and gives the sentence. */
    function tell(run) {
      showSentence(run);
      showNumbers(run);
      return sentence.textContent;
    }

    /** The same for a reader who watches: the sentence four times a second, the table once, if it is open. */
    function follow(run) {
      const now = performance.now();
      if (now - sentenceAt >= 250) showSentence(run);
      if (numbers.open && now - tableAt >= 1000) showNumbers(run);
    }

    return { tell, follow };
  };
})();
