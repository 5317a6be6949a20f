/* Predictions: any answer is accepted, once, and the reveal opens with it beside what happens. */

import { NotAnAttempt, enterGuess } from "./judge.js";
import { show } from "./reader.js";
import { place } from "./sketch.js";
import { keepPrediction, keptPrediction } from "./record.js";

/* What was committed to, as nodes: copies of the options or items, or the number with its unit. */
function wording(form, data, value) {
  if (data.entry === "text" || data.entry === "slide") return [`${show(Number(value))} ${data.unit}`.trim()];
  const label = (letter) => form.querySelector(data.entry === "pick"
    ? `label:has([value="${letter}"]) > span:last-child`
    : `[data-letter="${letter}"] > span`);
  return String(value).split(",").flatMap((letter, i) => {
    const copy = [...label(letter).childNodes].map((node) => node.cloneNode(true));
    return i ? [" · ", ...copy] : copy;
  });
}

/* Whether what was kept is an answer here; it may be damaged, or of another edition. */
function isAnswer(form, { entry }, value) {
  const number = value.trim() ? Number(value) : NaN;
  if (entry === "text") return !Number.isNaN(number);
  const range = form.querySelector('[type="range"]');
  if (entry === "slide") return number >= Number(range.min) && number <= Number(range.max);
  const letters = [...form.querySelectorAll('[type="radio"], [data-letter]')]
    .map((one) => one.dataset.letter ?? one.value);
  if (entry === "pick") return letters.includes(value);
  return value.split(",").toSorted().join() === letters.join();
}

const reveals = (form) => document.querySelectorAll(`details.reveal[data-for="${form.id}"]`);

function lock(form, isLocked) {
  for (const control of form.querySelectorAll("input, button")) control.disabled = isLocked;
}

/* As if nothing had been predicted; what was chosen may be chosen again. */
function release(form) {
  lock(form, false);
  form.querySelector("output").replaceChildren();
  for (const details of reveals(form)) details.querySelector(".reveal-said").hidden = true;
}

function reveal(form, data, value, open) {
  for (const details of reveals(form)) {
    const said = details.querySelector(".reveal-said");
    said.querySelector("dd").replaceChildren(...wording(form, data, value));
    said.hidden = false;
    if (data.entry === "slide") place(details.querySelector(".sketch"), value);
    if (open) details.open = true;
  }
  if (data.entry === "slide") {
    form.querySelector('[name="answer"]').value = value;
    place(form.querySelector(".sketch"), value);
  }
  const held = form.contains(document.activeElement);
  lock(form, true);
  const output = form.querySelector("output");
  output.dataset.verdict = "accepted";
  output.replaceChildren("You said: ", ...wording(form, data, value));
  if (!held) return;
  output.tabIndex = -1;
  output.focus({ preventScroll: true }); // or an arrow would turn the page
}

/** @param {HTMLFormElement} form */
export function startPrediction(form) {
  const data = JSON.parse(form.dataset.prediction);
  let known; // what is kept of it, as this page knows
  const follow = () => { // another tab may have predicted, or forgotten
    const now = keptPrediction(form.id);
    const isFirst = known === undefined; // a page that opens is as it was left; none jumps later
    if (now === known) return;
    known = now;
    if (now !== null && isAnswer(form, data, now)) reveal(form, data, now, isFirst);
    else release(form);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      known = String(enterGuess(form, data).value);
      keepPrediction(form.id, known);
      reveal(form, data, known, true);
    } catch (problem) {
      if (!(problem instanceof NotAnAttempt)) throw problem;
      const output = form.querySelector("output");
      output.dataset.verdict = "unreadable";
      output.textContent = problem.message;
    }
  });
  window.addEventListener("storage", follow);
  follow();
}
