/* Another one like it: an exercise has several bodies, of which one is on show. The others wait in
   the page or, as they are many, in a script of their own that comes when a reader comes near. */

import { attempts } from "./record.js";

const LOST = "They did not arrive. Press again or reload the page; " +
  "one that was saved alone lacks them, so open it on its site.";

/* A link of the review says `?again#ex-card`: who comes by it gets the variant after the last one. */
const comesAgain = (form) =>
  new URLSearchParams(location.search).has("again") && location.hash === `#${form.id}`;

let coming; // what the script with the variants has, once it was asked for

function load(src) {
  coming ??= new Promise((resolve, reject) => {
    (window.bookkit ??= {}).variants = resolve;
    const onerror = () => { coming = null; reject(new Error(LOST)); };
    document.head.append(Object.assign(document.createElement("script"), { src, onerror }));
  });
  return coming;
}

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    load(target.dataset.variants).catch(() => {}); // who asks for one is told
  }
}, { rootMargin: "600px" });

/* The other bodies of an exercise. */
async function othersOf(form) {
  let waiting = form;
  if (form.dataset.variants) {
    const holder = document.createElement("template");
    holder.innerHTML = (await load(form.dataset.variants))[form.id];
    waiting = holder.content;
  }
  return [...waiting.querySelectorAll(".exercise-variant")]
    .map(({ content, dataset }) => ({ content, data: dataset.exercise }));
}

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
  const [place] = more.querySelectorAll("span");
  let shown = 0;

  const field = () => body.querySelector('[name="answer"]');

  async function goOn(from = shown) {
    let typed = false; // while the others were on their way
    body.addEventListener("input", () => { typed = true; }, { once: true });
    const all = [first, ...await othersOf(form)];
    if (typed) return;
    const held = body.contains(document.activeElement);
    shown = (from + 1) % all.length;
    form.dataset.exercise = all[shown].data;
    body.replaceChildren(...all[shown].content.cloneNode(true).childNodes);
    form.dataset.variant = String(shown + 1);
    begin();
    place.textContent = `${shown + 1} of ${all.length}`;
    if (held) field().focus();
  }

  const tell = (problem) => { place.textContent = problem.message; };
  const button = more.querySelector("button");
  button.addEventListener("click", () => {
    goOn().then(() => {
      if ([button, document.body].includes(document.activeElement)) field().focus();
    }, tell);
  });
  more.hidden = false;
  if (form.dataset.variants) near.observe(form);
  const last = attempts(name).at(-1);
  if (last && comesAgain(form) && !field().value) goOn(last.variant > 1 ? Math.floor(last.variant) - 1 : 0).catch(tell);
}
