/* A mark that is dragged across a picture; a range input behind it hears keys and screen readers. */

/* Puts the mark of a picture at a value. */
export function place(sketch, value) {
  const [low, high, left, right] = ["low", "high", "left", "right"].map((name) => Number(sketch.dataset[name]));
  const mark = sketch.querySelector(".sketch-mark");
  const x = left + (value - low) / (high - low) * (right - left);
  mark.setAttribute("transform", `translate(${x.toFixed(2)} 0)`);
  mark.removeAttribute("visibility");
}

/** @param {HTMLFormElement} form */
export function startSketch(form) {
  const sketch = form.querySelector(".sketch");
  const range = form.querySelector('[name="answer"]');
  const svg = sketch.querySelector("svg");
  const told = form.querySelector(".sketch-value");
  range.addEventListener("input", () => {
    range.dataset.moved = "";
    place(sketch, range.value);
    told.textContent = range.value;
  });
  const isMoved = Number(range.value) !== Number(range.defaultValue); // before the script came
  if (isMoved) range.dispatchEvent(new Event("input"));
  const drag = ({ clientX }) => {
    if (range.disabled) return;
    const { low, high, left, right } = sketch.dataset;
    const box = svg.getBoundingClientRect();
    const x = (clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    range.value = Number(low) + (x - left) / (right - left) * (high - low);
    range.dispatchEvent(new Event("input"));
  };
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    drag(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) drag(event);
  });
  // A finger that goes on to scroll leaves the mark where it was, and as unmoved.
  let before;
  form.addEventListener("pointerdown", () => { before = "moved" in range.dataset && range.value; }, true);
  form.addEventListener("pointercancel", () => {
    if (range.disabled) return;
    range.value = before || range.defaultValue;
    range.dispatchEvent(new Event("input"));
    if (before) return;
    delete range.dataset.moved;
    told.textContent = "";
  });
}
