/* Another one like it: an exercise has several bodies, of which one is on show. */

/**
 * @param {HTMLFormElement} form
 * @param {() => void} begin called when another body stands in the form
 */
export function startVariants(form, begin) {
  const more = form.querySelector(".exercise-more");
  if (!more) return;
  const body = form.querySelector(".exercise-body");
  const first = { content: body.cloneNode(true), data: form.dataset.exercise };
  const others = [...form.querySelectorAll(".exercise-variant")]
    .map(({ content, dataset }) => ({ content, data: dataset.exercise }));
  const all = [first, ...others];
  const [place] = more.querySelectorAll("span");
  let shown = 0;
  more.querySelector("button").addEventListener("click", () => {
    shown = (shown + 1) % all.length;
    form.dataset.exercise = all[shown].data;
    body.replaceChildren(...all[shown].content.cloneNode(true).childNodes);
    begin();
    place.textContent = `${shown + 1} of ${all.length}`;
    body.querySelector('[name="answer"]').focus();
  });
  more.hidden = false;
}
