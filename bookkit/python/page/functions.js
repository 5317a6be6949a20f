/* Exercises that ask for a function: the page's Python judges what was typed.
   `bookkit.judges.code` is called by the script of the exercises; it gives what `judge` there gives. */

import { progressIn } from "./cells.js";
import { equip } from "./editor.js";
import { python } from "./python.js";

/* Text in which `code` stands between backticks. */
function told(text) {
  return text.split("`").map((piece, i) => {
    if (i % 2 === 0) return piece;
    const code = document.createElement("code");
    code.textContent = piece;
    return code;
  });
}

function traceback(text) {
  const box = document.createElement("pre");
  box.textContent = text;
  box.tabIndex = 0; // it may scroll
  return [box];
}

function message(form, { verdict, rule, text }) {
  const fragment = document.createDocumentFragment();
  const template = form.querySelectorAll("template")[rule];
  if (template) fragment.append(template.content.cloneNode(true), " ");
  fragment.append(...(verdict === "error" ? traceback(text) : told(text)));
  return fragment;
}

const latest = new WeakMap(); // the last check of each form; those before it are not told

async function judge(form) {
  const area = form.querySelector('textarea[name="answer"]');
  const stop = form.querySelector('button[data-action="stop"]');
  const status = form.querySelector(".cell-status");
  const reply = area.value;
  const question = { kind: "check", source: reply, module: form.dataset.module, name: form.id.replace(/^ex-/, "") };
  latest.set(form, question);
  stop.hidden = false;
  const answer = await python.ask(question, { progress: progressIn(status) })
    .catch((problem) => ({ kind: "not run", text: `${problem.message}.` }));
  if (latest.get(form) !== question) return new Promise(() => {});
  if (document.activeElement === stop) form.querySelector('[type="submit"]').focus();
  stop.hidden = true;
  status.textContent = "";
  if (answer.kind !== "done") return { verdict: "unreadable", message: answer.text, reply };
  const verdict = answer.verdict === "error" ? "unreadable" : answer.verdict;
  return { verdict, message: message(form, answer), reply };
}

export function startFunctions() {
  for (const form of document.querySelectorAll('form.exercise[data-kind="code"]')) {
    const area = form.querySelector('textarea[name="answer"]');
    equip(area, () => form.requestSubmit());
    form.querySelector('button[data-action="stop"]').addEventListener("click", () => python.stop());
  }
  (window.bookkit.judges ??= {}).code = judge;
}
