/* The page of review: what is due, what went wrong, how well one knows what one knows.
   A script of its own, as only one page needs it; exercise.js, which keeps the record, comes first. */

const { attempts, readBack, saved } = window.bookkit.record;

const DAY = 864e5;
const INTERVALS = [1, 7, 30, 90, 180]; // days until an item comes back, by successes in a row
const MOST_DUE = 5;
const OUTCOMES = {
  first: "right at first", later: "right later", helped: "right with a hint",
  read: "ticked off",
  looked: "right after looking at the solution", tried: "found by trying all options",
  near: "right so far", wrong: "not yet right",
};

/* When an exercise comes back: later and later while it goes well at first, at once when not. */
function dueAt(tries) {
  let row = 0;
  let last = -Infinity;
  for (const { at, how } of tries) {
    const time = Date.parse(at);
    if (how === "first" && time - last > DAY / 2) row += 1;
    else if (!["first", "later", "near"].includes(how)) row = 0;
    last = time;
  }
  return last + INTERVALS[Math.min(row, INTERVALS.length - 1)] * DAY;
}

/* The most overdue ones, from as many chapters as there are; then new ones of chapters begun. */
function choose(items, now) {
  const begun = new Set(items.filter(({ tries }) => tries.length).map(({ page }) => page));
  const due = items.filter(({ tries }) => tries.length && dueAt(tries) <= now)
    .toSorted((a, b) => dueAt(a.tries) - dueAt(b.tries));
  const fresh = items.filter(({ tries, page }) => !tries.length && begun.has(page));
  const chosen = [];
  for (const pool of [due, fresh]) {
    const taken = new Map();
    while (chosen.length < MOST_DUE && pool.length) {
      const count = ({ page }) => taken.get(page) || 0;
      const next = pool.reduce((best, item) => (count(item) < count(best) ? item : best));
      pool.splice(pool.indexOf(next), 1);
      taken.set(next.page, count(next) + 1);
      chosen.push(next);
    }
  }
  return chosen;
}

/* Mean log loss in nats, Brier score and hits by stated confidence; null without any. */
function calibration(tries) {
  const said = tries.filter(({ sure }) => sure > 0 && sure < 100)
    .map(({ sure, how }) => ({ p: sure / 100, hit: how === "first" }));
  if (!said.length) return null;
  const mean = (f) => said.reduce((sum, one) => sum + f(one), 0) / said.length;
  const levels = [...new Set(said.map(({ p }) => p))].toSorted((a, b) => a - b);
  return {
    count: said.length,
    loss: mean(({ p, hit }) => -Math.log(hit ? p : 1 - p)),
    brier: mean(({ p, hit }) => (hit - p) ** 2),
    levels: levels.map((p) => {
      const own = said.filter((one) => one.p === p);
      return { p, count: own.length, hits: own.filter(({ hit }) => hit).length };
    }),
  };
}

function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

function line({ label, href, chapter, tries }) {
  const link = Object.assign(element("a", label), { href });
  const last = tries.at(-1);
  return element("li", link, ` (${chapter}): ${last ? OUTCOMES[last.how] : "not yet answered"}`);
}

function tally(items) {
  const counts = new Map();
  for (const { tries } of items) {
    const last = tries.at(-1);
    if (last) counts.set(last.how, (counts.get(last.how) || 0) + 1);
  }
  return Object.entries(OUTCOMES).filter(([how]) => counts.has(how))
    .map(([how, words]) => element("li", `${counts.get(how)} ${words}`));
}

function calibrationRows(score) {
  if (!score) return [element("p", "You have not yet said how sure you are.")];
  const rows = score.levels.map(({ p, count, hits }) => element("tr",
    element("td", `${Math.round(100 * p)} %`), element("td", `${hits} of ${count}`)));
  const head = element("tr", element("th", "You were so sure"), element("th", "and right"));
  const answers = score.count === 1 ? "one answer" : `${score.count} answers`;
  const words = `Over ${answers} your mean log loss is ${score.loss.toFixed(3)} nats, ` +
    `your Brier score ${score.brier.toFixed(3)}.`;
  return [element("p", words), element("table", element("thead", head), element("tbody", ...rows))];
}

function refresh(root, exercises) {
  const items = exercises.map((item) => ({ ...item, tries: attempts(item.name) }));
  const part = (name) => root.querySelector(`.review-${name}`);
  const fill = (name, children, otherwise) =>
    part(name).replaceChildren(...(children.length ? children : [element("li", otherwise)]));
  const due = choose(items, Date.now());
  fill("due", due.map(line), "Nothing is due. Answer some exercises, or come back tomorrow.");
  const wrong = items.filter(({ tries }) => ["wrong", "looked", "tried", "read"].includes(tries.at(-1)?.how));
  fill("again", wrong.map(line), "None.");
  fill("tally", tally(items), "Nothing has been answered yet.");
  part("calibration").replaceChildren(...calibrationRows(calibration(items.flatMap((i) => i.tries))));
}

/** @param {HTMLElement} root */
function startReview(root) {
  const exercises = JSON.parse(root.dataset.exercises);
  const told = root.querySelector(".review-told");
  root.querySelector(".review-save").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([saved()], { type: "application/json" }));
    const link = Object.assign(element("a"), { href: address, download: "progress.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address));
    told.textContent = "Saved as progress.json.";
  });
  const file = root.querySelector(".review-file");
  file.addEventListener("change", async () => {
    const isOurs = file.files.length > 0 && readBack(await file.files[0].text());
    told.textContent = isOurs ? "Read back." : "That is no file of this book's progress.";
    file.value = "";
    refresh(root, exercises);
    window.dispatchEvent(new Event("storage"));
  });
  root.hidden = false;
  refresh(root, exercises);
  window.addEventListener("storage", () => refresh(root, exercises));
}

document.querySelectorAll(".exercise-review").forEach(startReview);
