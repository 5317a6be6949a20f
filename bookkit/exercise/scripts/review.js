/* The page of review: what is due, what went wrong, what is kept in a file.
   A script of its own, as only one page needs it; exercise.js, which keeps the record, comes first. */

import { element } from "./element.js";

const { attempts, readBack, saved } = window.bookkit.record;

const DAY = 864e5;
const INTERVALS = [1, 7, 30, 90, 180]; // days until an item comes back, by successes in a row
const MOST_DUE = 5;
const NOT_OURS = "That is no file of this book's progress.";
const NOTHING = '{"bookkit":1,"kept":{}}'; // a file without any
const NO_ROOM = "Read back; but this browser refuses to keep all of it, so some is lost when you leave.";
const OUTCOMES = {
  first: "right at first", later: "right later", helped: "right with a hint",
  read: "ticked off",
  looked: "right after looking at the solution", tried: "found by trying all options",
  near: "right so far", wrong: "not yet right",
};

/* When an exercise comes back: later and later while it goes well at first, at once when not. A date
   that is still to come is of a clock that was wrong, so the exercise does not wait for it. */
function dueAt(tries, now) {
  let row = 0;
  let answered = -Infinity; // with all digits: too few are no attempt
  let last;
  for (const { at, how } of tries) {
    const time = Date.parse(at);
    if (how === "first" && time - answered > DAY / 2) row += 1;
    else if (!["first", "later", "near"].includes(how)) row = 0;
    if (how !== "near") answered = time;
    last = time;
  }
  return last > now ? now : last + INTERVALS[Math.min(row, INTERVALS.length - 1)] * DAY;
}

/* The most overdue ones, from as many chapters as there are; then new ones of chapters begun. */
function choose(items, now) {
  const begun = new Set(items.filter(({ tries }) => tries.length).map(({ page }) => page));
  const due = items.filter(({ tries }) => tries.length && dueAt(tries, now) <= now)
    .toSorted((a, b) => dueAt(a.tries, now) - dueAt(b.tries, now));
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

const LONGEST = 30; // characters of an answer that are shown again

/* What a reply says: the words that its letters stand for, or what was typed. The numbers of ticked
   steps say nothing. */
function wording({ kind, letters }, reply) {
  if (letters) {
    const texts = reply.split(",").map((letter) => letters.children[letter.charCodeAt(0) - 97]);
    if (!texts.every(Boolean)) return []; // of another edition of the book
    return ["“", ...texts.flatMap((text, i) => [i ? " · " : "", ...text.cloneNode(true).childNodes]), "”"];
  }
  return ["derivation", "code"].includes(kind) || reply.length > LONGEST ? [] : [reply];
}

/* What was answered last, as nodes; of a wrong answer also which one it was. */
function outcome(item, { how, reply, variant }) {
  const other = variant > 1 ? ` (with other numbers, the ${variant}${variant < 4 ? ["nd", "rd"][variant - 2] : "th"})` : "";
  const said = how === "wrong" && reply ? wording(item, reply) : [];
  return [OUTCOMES[how], ...(said.length ? [", your answer was ", ...said] : []), other];
}

function line(item) {
  const { label, href, chapter, tries } = item;
  const last = tries.at(-1);
  // What comes again comes with other numbers where it has them: see variants.js.
  const link = Object.assign(element("a", label), { href: last ? href.replace("#", "?again#") : href });
  return element("li", link, ` (${chapter}): `, ...(last ? outcome(item, last) : ["not yet answered"]));
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

function refresh(root, exercises) {
  const words = ({ name }) => root.querySelector(`template[data-name="${name}"]`)?.content;
  const items = exercises.map((item) => ({ ...item, letters: words(item), tries: attempts(item.name) }));
  const part = (name) => root.querySelector(`.review-${name}`);
  const fill = (name, children, otherwise) => {
    const list = part(name);
    const held = [...list.children].findIndex((item) => item.contains(document.activeElement));
    list.replaceChildren(...(children.length ? children : [element("li", otherwise)]));
    if (held < 0) return;
    list.tabIndex = -1;
    ((list.children[held] ?? list.lastChild).querySelector("a") ?? list).focus();
  };
  const due = choose(items, Date.now());
  fill("due", due.map(line), "Nothing is due. Answer some exercises, or come back tomorrow.");
  const wrong = items.filter(({ tries }) => ["wrong", "looked", "tried", "read"].includes(tries.at(-1)?.how));
  fill("again", wrong.map(line), "None.");
  fill("tally", tally(items), "Nothing has been answered yet.");
}

/** @param {HTMLElement} root */
function startReview(root) {
  const exercises = JSON.parse(root.dataset.exercises);
  const told = root.querySelector(".review-told");
  root.querySelector(".review-save").addEventListener("click", () => {
    const text = saved();
    if (text === NOTHING) {
      told.textContent = "Nothing is kept yet, so there is nothing to save.";
      return;
    }
    // The address stays until the page is left: a browser that asks first fetches it later.
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    Object.assign(element("a"), { href, download: "progress.json" }).click();
    told.textContent = "Saved as progress.json.";
  });
  const file = root.querySelector(".review-file");
  file.addEventListener("change", async () => {
    const isKept = file.files.length > 0 ? readBack(await file.files[0].text()) : null;
    told.textContent = isKept === null ? NOT_OURS : isKept ? "Read back." : NO_ROOM;
    file.value = "";
    refresh(root, exercises);
    window.dispatchEvent(new Event("storage"));
  });
  root.hidden = false;
  refresh(root, exercises);
  window.addEventListener("storage", () => refresh(root, exercises));
}

document.querySelectorAll(".exercise-review").forEach(startReview);
