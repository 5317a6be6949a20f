/* What readers write before they compare: kept in this browser; steps and ticks open by it. */

import { keepWritten, keptWritten, together } from "./record.js";

/**
 * @param {HTMLFormElement} form
 * @param {string} name of the exercise
 * @returns {() => boolean} whether the steps were looked at with nothing written
 */
export function startWriting(form, name) {
  const area = form.querySelector("textarea");
  const lock = form.querySelector(".exercise-locked");
  const own = form.querySelector(".exercise-written");
  if (own) own.hidden = false;
  if (!lock || area.closest("[hidden]")) return () => false; // a function, where no Python runs
  const stub = area.defaultValue.trim(); // who was quicker than the script has typed already
  const steps = form.querySelector(".exercise-steps");
  const isWritten = () => !["", stub].includes(area.value.trim());
  let peeked = false;
  let known = null; // what is kept of it, as this page knows
  const unlock = (open) => {
    const held = (open ? lock : steps).contains(document.activeElement);
    lock.hidden = open;
    steps.hidden = !open;
    for (const control of steps.querySelectorAll("input")) control.checked &&= open; // what is hidden is not judged
    if (held) area.focus(); // or an arrow would turn the page
  };
  const note = () => {
    keepWritten(name, area.value);
    known = area.value;
    unlock(lock.hidden || isWritten()); // who deletes to write anew keeps the steps
  };
  // Another tab may have written, or forgotten.
  const follow = () => {
    const now = keptWritten(name);
    if (now === known) return;
    area.value = now ?? area.defaultValue;
    known = now;
    area.dispatchEvent(new Event("change"));
    unlock(peeked || isWritten());
  };
  const early = isWritten() ? area.value : "";
  follow();
  if (early) {
    area.value = together(known ?? "", early);
    note();
  }
  unlock(isWritten());
  area.addEventListener("input", note);
  window.addEventListener("storage", follow);
  lock.querySelector("button").addEventListener("click", () => {
    peeked = true;
    unlock(true);
    steps.open = true;
    steps.querySelector("summary").focus();
  });
  return () => peeked;
}
