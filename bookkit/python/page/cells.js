/* Cells that run: the buttons below each, its editor, and what it prints. */

import { equip, insert } from "./editor.js";
import { python } from "./python.js";

const HELP = "Tab indents, Escape and then Tab leave the field, Shift-Enter runs.";

/* What a reader is told while Python loads, in steps of ten, or a screen reader would never rest; and then. */
export function progressIn(status, running = "Running …") {
  return (share) => {
    const tens = 10 * Math.floor(10 * share);
    const starting = share < 1 ? `Python is loading: ${tens} %` : "Python is starting …";
    const text = share > 1 ? running : starting;
    if (status.textContent !== text) status.textContent = text;
  };
}

class Cell {
  constructor(element) {
    this.element = element;
    this.index = Number(element.dataset.cell);
    this.name = element.dataset.name; // in tracebacks and for screen readers
    this.input = element.querySelector(".cell_input");
    this.book = this.input.querySelector("pre").textContent.trimEnd();
    this.output = element.querySelector("output.cell-python");
    this.status = element.querySelector(".cell-status");
    this.stored = [...element.querySelectorAll(".cell_output > .output")]
      .filter((part) => !part.matches(".text_html"));
    this.generation = -1; // of Python when it last ran
    this.busy = false;
    this.skipped = false; // it was stopped while it ran, so it does not run for the sake of a later one
    element.addEventListener("click", ({ target }) => {
      const action = target.closest("button[data-action]")?.dataset.action;
      if (action) this[action]?.(); // other buttons have listeners of their own
    });
  }

  button(action) {
    return this.element.querySelector(`button[data-action="${action}"]`);
  }

  get source() {
    return this.area?.value ?? this.book;
  }

  run() {
    request(this);
  }

  stop() {
    python.stop();
  }

  openEditor(text) {
    this.area = document.createElement("textarea");
    this.area.name = "source";
    this.area.setAttribute("aria-label", `Code of ${this.name}`);
    this.area.setAttribute("aria-description", HELP);
    this.area.value = text;
    equip(this.area, () => this.run());
    this.input.hidden = true;
    this.input.after(this.area);
    this.button("edit").hidden = true;
    this.button("reset").hidden = false;
  }

  edit(text = this.book) {
    if (!this.area) {
      this.openEditor(text);
      this.area.setSelectionRange(0, 0); // at the end it would take long lines out of sight
      this.area.focus();
    } else {
      this.area.focus();
      this.area.select();
      insert(this.area, text);
    }
  }

  /* Back to the text of the book and to what it printed there. */
  reset() {
    this.area?.remove();
    this.area = undefined;
    this.input.hidden = false;
    this.button("edit").hidden = false;
    this.button("reset").hidden = true;
    this.generation = -1;
    this.skipped = false;
    this.clear();
    this.status.textContent = "";
    this.button("edit").focus();
  }

  clear() {
    this.output.textContent = "";
    delete this.output.dataset.state;
    this.stored.forEach((part) => { part.hidden = false; });
  }

  begin() {
    this.busy = true;
    this.skipped = false;
    this.output.textContent = "";
    this.output.dataset.state = "running";
    this.status.textContent = "Waiting for its turn …";
    this.button("run").hidden = true;
    this.button("stop").hidden = false;
    this.button("reset").disabled = true;
    if (document.activeElement === this.button("run") || document.activeElement === document.body) {
      this.button("stop").focus({ preventScroll: true });
    }
  }

  end() {
    const held = document.activeElement === this.button("stop");
    this.busy = false;
    this.button("run").hidden = false;
    this.button("stop").hidden = true;
    this.button("reset").disabled = false;
    if (held) this.button("run").focus({ preventScroll: true });
  }

  /* Shows a state and what belongs to it; what the book printed stays where its own text could not run. */
  show(state, text) {
    this.output.textContent = text;
    this.output.dataset.state = state;
    this.output.tabIndex = text ? 0 : -1; // it may scroll
    this.stored.forEach((part) => { part.hidden = state !== "absent" || this.source !== this.book; });
  }
}

/* A cell that the page does not show: the machinery of the book, which has nothing to say. */
const hiddenCell = ([index, source]) => ({ index, source, name: "cell of the book", generation: -1 });

export const cells = [...document.querySelectorAll(".cell[data-cell]")].map((element) => new Cell(element));
const hidden = JSON.parse(document.querySelector("script.hidden-cells")?.textContent ?? "[]");
const all = [...cells, ...hidden.map(hiddenCell)].sort((one, other) => one.index - other.index);

/* Cells run one after the other, in the order in which they were asked for. */
let turn = Promise.resolve();
function request(cell) {
  if (cell.busy) return;
  const asked = python.generation;
  cell.begin();
  turn = turn.then(() => {
    if (asked === python.generation) return runUpTo(cell);
    interrupted(cell, "", { kind: "stopped" }); // while it waited for its turn
    return cell.end();
  });
}

async function runUpTo(last) {
  try {
    for (const cell of all) {
      if (cell.index >= last.index) break;
      if (cell.generation !== python.generation && !cell.skipped) {
        if (!(await runQuietly(cell, last))) return;
      }
    }
    await runAloud(last);
  } catch (problem) {
    last.output.textContent = "";
    delete last.output.dataset.state;
    last.status.textContent = `Not run: ${problem.message}.`;
  } finally {
    last.end();
  }
}

const question = ({ source, name }) => ({ kind: "run", source, name });

/* Runs a cell for the sake of a later one; what it says is shown only if it is an error of the reader's. */
async function runQuietly(cell, last) {
  const before = python.generation;
  let printed = "";
  const answer = await python.ask(question(cell), {
    output: (text) => { printed = text; },
    progress: progressIn(last.status, `Running ${cell.name} first …`),
  });
  if (answer.kind !== "done") {
    // A cell of the book ends, and has no Run of its own.
    cell.skipped = answer.begun && (cell instanceof Cell || answer.kind === "broken");
    const text = `${cell.name}, which runs first: ${answer.text}`;
    interrupted(last, "", { ...answer, text });
    return false;
  }
  cell.generation = before;
  if (cell.area && cell.source !== cell.book) cell.show(answer.state, printed + answer.text);
  return true;
}

async function runAloud(cell) {
  const before = python.generation;
  let printed = "";
  const answer = await python.ask(question(cell), {
    output(text) {
      printed = text;
      cell.show("running", printed);
    },
    progress: progressIn(cell.status),
  });
  if (answer.kind !== "done") {
    cell.skipped = answer.begun;
    interrupted(cell, printed, answer);
    return;
  }
  cell.generation = before;
  cell.show(answer.state, printed + answer.text);
  const silent = answer.state === "done" && !cell.output.textContent ? "Done; it prints nothing." : "";
  const left = without(cell);
  cell.status.textContent = left ? `${silent} It ran ${left}.`.trim() : silent;
}

/* The cells above that run no more by themselves, in words. */
function without(last) {
  const names = all.filter(({ index, skipped }) => skipped && index < last.index).map(({ name }) => name);
  return names.length ? `without ${names.join(", ")} (stopped)` : "";
}

function interrupted(cell, printed, { kind, text }) {
  cell.show(kind === "broken" ? "error" : "stopped", kind === "broken" ? `${printed}${text}` : printed);
  const left = without(cell);
  const forgotten = `Python starts anew at the next Run, and the cells above run first${left && `, ${left}`}.`;
  cell.status.textContent = kind === "broken" ? forgotten : `Stopped. ${forgotten}`;
}
