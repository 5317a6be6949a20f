/* What readers write before they compare: kept in this browser; steps and ticks open by it. */

import { keepWritten, keptWritten } from "./record.js";

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
  const stub = area.value.trim();
  const steps = form.querySelector(".exercise-steps");
  const isWritten = () => !["", stub].includes(area.value.trim());
  let peeked = false;
  const unlock = (open) => {
    lock.hidden = open;
    steps.hidden = !open;
  };
  area.value = keptWritten(name) ?? area.value;
  unlock(isWritten());
  area.addEventListener("input", () => {
    keepWritten(name, area.value);
    unlock(peeked || isWritten());
  });
  lock.querySelector("button").addEventListener("click", () => {
    peeked = true;
    unlock(true);
    steps.open = true;
    steps.querySelector("summary").focus();
  });
  return () => peeked;
}
