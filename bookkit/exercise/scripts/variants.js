/* Another one like it: an exercise has several bodies, of which one is on show. */

import { attempts } from "./record.js";

/* A link of the review says `?again#ex-card`: who comes by it gets the variant after the last one. */
const comesAgain = (form) =>
  new URLSearchParams(location.search).has("again") && location.hash === `#${form.id}`;

/**
 * @param {HTMLFormElement} form
 * @param {string} name of the exercise, under which its attempts are kept
 * @param {() => void} begin called when another body stands in the form
 */
export function startVariants(form, name, begin) {
  const more = form.querySelector(".exercise-more");
  if (!more) return;
  const body = form.querySelector(".exercise-body");
  const first = { content: body.cloneNode(true), data: form.dataset.exercise };
  const others = [...form.querySelectorAll(".exercise-variant")]
    .map(({ content, dataset }) => ({ content, data: dataset.exercise }));
  const all = [first, ...others];
  const [place] = more.querySelectorAll("span");
  let shown = 0;

  function goOn() {
    shown = (shown + 1) % all.length;
    form.dataset.exercise = all[shown].data;
    body.replaceChildren(...all[shown].content.cloneNode(true).childNodes);
    form.dataset.variant = String(shown + 1);
    begin();
    place.textContent = `${shown + 1} of ${all.length}`;
  }

  more.querySelector("button").addEventListener("click", () => {
    goOn();
    body.querySelector('[name="answer"]').focus();
  });
  more.hidden = false;
  const last = attempts(name).at(-1);
  if (!last || !comesAgain(form)) return;
  shown = last.variant > 1 ? Math.floor(last.variant) - 1 : 0;
  goOn();
}
