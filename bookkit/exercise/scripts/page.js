/* Makes the exercises of a page answer: shows the message that waits in a <template>, opens the
   hint, moves items, counts what is solved. */

import { judge, WORDS } from "./judge.js";
import { startPrediction } from "./predict.js";
import { readClosely, show } from "./reader.js";
import {
  attempts, forgetAll, isRead, isSolved, names, note, readBack, remember, saved,
} from "./record.js";
import { startSketch } from "./sketch.js";
import { startVariants } from "./variants.js";
import { startWriting } from "./written.js";

const UNWRITTEN = "Nothing was written first, so it counts as read.";

let unfolded = []; // what is open for the printer alone
const nameOf = (form) => form.id.replace(/^ex-/, "");
const forms = () => [...document.querySelectorAll("form.exercise")];

function span(name, ...content) {
  const element = document.createElement("span");
  element.className = name;
  element.append(...content);
  return element;
}

function tell(output, { verdict, message, readAs, read: onlyRead }, hintOpened, how) {
  const word = WORDS[["read", "tried"].includes(how) ? "read" : verdict];
  const parts = [span("exercise-word", word), span("exercise-message", message)];
  if (readAs) parts.push(span("exercise-echo", `Read as ${readAs}.`));
  if (hintOpened) parts.push(span("exercise-echo", "The hint is open now."));
  if (how === "read" && !onlyRead) parts.push(span("exercise-echo", UNWRITTEN));
  if (how === "tried") parts.push(span("exercise-echo", "It was the last one left: it comes back."));
  output.dataset.verdict = verdict;
  output.replaceChildren(...parts.flatMap((part) => [part, " "]));
}

/* Begins with what stands in the form now; what was tried before is not held against it. */
function begin(form) {
  const data = JSON.parse(form.dataset.exercise);
  const output = form.querySelector("output");
  const hints = form.querySelectorAll(".exercise-hint");
  let looked = false;
  let done = false;
  let isFirst = true;
  const tried = new Set();
  const peeked = startWriting(form, nameOf(form));
  const sure = form.querySelector('[name="sure"]');
  if (sure) sure.closest(".exercise-sure").hidden = false;
  const solution = form.querySelector(".exercise-solution");
  solution.addEventListener("toggle", () => { looked ||= solution.open && !unfolded.includes(solution); });

  function settle(result) {
    // Who tries something else once it is solved is told, and helped no more.
    const isNew = !done && result.verdict === "wrong" && !tried.has(result.reply);
    if (isNew) tried.add(result.reply);
    const hint = hints[tried.size - data.patience];
    const open = isNew && hint !== undefined && !hint.open;
    if (open) hint.open = true;
    const how = outcome(result);
    tell(output, result, open, how);
    if (result.verdict === "unreadable" || done || (how === "wrong" && !isNew)) return;
    // What counts is how sure one was before one knew.
    const confidence = isFirst && sure?.value ? { sure: Number(sure.value) } : {};
    isFirst = false;
    const variant = Number(form.dataset.variant) > 1 ? { variant: Number(form.dataset.variant) } : {};
    note(nameOf(form), { how, reply: result.reply, ...confidence, ...variant });
    if (result.verdict !== "correct") return;
    const onlyRead = how === "read" || how === "tried";
    done = !onlyRead;
    remember(nameOf(form), onlyRead);
    showProgress();
  }

  /* How an answer came about; an option that was left over counts as read, not as solved. */
  function outcome({ verdict, read: onlyRead }) {
    if (verdict !== "correct") return verdict;
    if (onlyRead || peeked()) return "read";
    if (looked) return "looked";
    if (data.entry === "pick" && tried.size > 1 && tried.size >= data.rules.length - 1) return "tried";
    if ([...hints].some(({ open }) => open)) return "helped";
    return tried.size ? "later" : "first";
  }

  startEntry(form, data);
  for (const button of form.querySelectorAll('[type="submit"]')) button.disabled = false;
  return { data, settle };
}

function start(form) {
  let turn = begin(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { data, settle } = turn;
    const other = window.bookkit.judges?.[form.dataset.kind];
    if (other && event.submitter?.value !== "ticks") other(form).then(settle);
    else {
      settle(judge(form, data));
      form.querySelector("output").scrollIntoView({ block: "nearest" }); // it may lie below the window
    }
  });
  startVariants(form, nameOf(form), () => { turn = begin(form); });
}

function startEntry(form, { entry }) {
  if (entry === "order") startOrder(form);
  if (entry === "slide") startSketch(form);
  if (entry === "text") form.querySelector('[name="answer"]').addEventListener("paste", paste);
}

/* A formula that is copied has line breaks between its parts. A field drops them, and 31/12 would
   become 3112; two spaces are no part of a number. */
function paste(event) {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  const field = event.target;
  const spaced = text.trim().replace(/[\r\n]+/g, "  ");
  field.setRangeText(spaced, field.selectionStart, field.selectionEnd, "end");
}

function startOrder(form) {
  const list = form.querySelector(".exercise-order");
  const reply = form.querySelector('[name="answer"]');
  const moved = form.querySelector(".exercise-moved");
  const mark = () => {
    const items = [...list.children];
    items.forEach((item, i) => {
      const [up, down] = item.querySelectorAll("button");
      // Not `disabled`: that would drop the focus of someone who moves an item to the end.
      up.setAttribute("aria-disabled", i === 0);
      down.setAttribute("aria-disabled", i === items.length - 1);
      up.hidden = down.hidden = false;
    });
    reply.value = items.map((item) => item.dataset.letter).join(" ");
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const item = button.closest("li");
    if (button.dataset.move === "-1") item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    button.focus();
    mark();
    const place = [...list.children].indexOf(item) + 1;
    moved.textContent = `Now number ${place} of ${list.children.length}.`;
  });
  mark();
}

function showProgress() {
  for (const form of forms()) {
    const mark = form.querySelector(".exercise-solved");
    if (!mark) continue; // a question of a test
    const name = nameOf(form);
    mark.hidden = !isSolved(name) && !isRead(name);
    mark.textContent = isSolved(name) ? "solved" : "read";
  }
  for (const line of document.querySelectorAll(".exercise-progress")) {
    const { exercises } = line.dataset;
    const names = exercises === undefined
      ? forms().map(nameOf)
      : exercises.split(" ").filter(Boolean);
    line.textContent = `${names.filter(isSolved).length} of ${names.length} solved`;
    line.hidden = names.length === 0;
  }
}

/* The first click asks, the second one forgets: no dialog, and no solved book lost by a slip. */
function startForgetting(button) {
  const label = button.textContent;
  let asked = false;
  const reset = () => {
    asked = false;
    button.textContent = label;
  };
  button.hidden = false;
  button.addEventListener("blur", reset);
  button.addEventListener("click", () => {
    if (!asked) {
      asked = true;
      button.textContent = "Click again to forget them all";
      return;
    }
    forgetAll();
    reset();
    button.textContent = "Forgotten";
    window.dispatchEvent(new Event("storage"));
  });
}

/* On paper nothing unfolds: hints stay closed, solutions and steps are printed. */
function unfold() {
  unfolded = [...document.querySelectorAll(
    ".exercise-solution:not([open]), .exercise-steps:not([open])")];
  for (const details of unfolded) details.open = true;
}
function refold() {
  for (const details of unfolded) details.open = false;
  unfolded = [];
}

forms().forEach(start);
for (const form of document.querySelectorAll("form.prediction")) {
  startEntry(form, JSON.parse(form.dataset.prediction));
  startPrediction(form);
}
document.querySelectorAll(".exercise-forget").forEach(startForgetting);
showProgress();
window.addEventListener("storage", showProgress);
window.addEventListener("beforeprint", unfold);
window.addEventListener("afterprint", refold);
window.bookkit = Object.assign(window.bookkit || {}, {
  readClosely, showNumber: show, record: { attempts, names, note, readBack, saved },
  forms: { judge, startEntry, tell },
});
