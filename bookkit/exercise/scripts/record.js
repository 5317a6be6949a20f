/* Remembers what was answered, when and how, in this browser alone. */

const SOLVED = "bookkit:solved:"; // a mark for each exercise that counts as solved
const READ = "bookkit:read:"; // or only as read
const RECORD = "bookkit:record:1:"; // its attempts; 1 is the version of what is written
const PREDICTED = "bookkit:predict:";
const WRITTEN = "bookkit:written:"; // what a reader wrote before comparing
const OURS = [SOLVED, READ, RECORD, PREDICTED, WRITTEN];
const isOurs = (key) => OURS.some((prefix) => key.startsWith(prefix));
const MOST = 20; // attempts kept of one exercise
const HOWS = ["first", "later", "helped", "looked", "tried", "read", "near", "wrong"];

/* Storage may be switched off, full or gone; what it refused, a page remembers until it is left. */
const memory = new Map();
const attempt = (action, otherwise) => {
  try {
    return action();
  } catch {
    return otherwise;
  }
};

/* A text under a name of its own, for as long as the browser lets us. */
export function keep(key, text) {
  memory.set(key, text);
  attempt(() => {
    localStorage.setItem(key, text);
    memory.delete(key);
  });
}

export const kept = (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key), null);

const stored = () => attempt(() => Object.keys(localStorage), []).filter(isOurs);

/* What is forgotten in one tab is forgotten in all. A page that comes back has heard of nothing; it
   sees that all is gone which was there when it was left. */
let isKept = false;
window.addEventListener("storage", ({ key, newValue }) => {
  if (newValue === null && (key === null || isOurs(key))) memory.clear();
});
window.addEventListener("pagehide", () => { isKept = stored().length > 0; });
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  if (isKept && !stored().length) memory.clear();
  window.dispatchEvent(new Event("storage"));
});

export const keepPrediction = (ident, reply) => keep(PREDICTED + ident, reply);
export const keptPrediction = (ident) => kept(PREDICTED + ident);

export const keepWritten = (name, text) => keep(WRITTEN + name, text);
export const keptWritten = (name) => kept(WRITTEN + name);

export const isSolved = (name) => kept(SOLVED + name) !== null;
export const isRead = (name) => kept(READ + name) !== null;
export const remember = (name, onlyRead = false) => keep((onlyRead ? READ : SOLVED) + name, "1");

/* What is damaged, or of another edition, is no attempt. */
const isAttempt = ({ at, how, reply, variant = 1 }) =>
  HOWS.includes(how) && typeof reply === "string" && Number.isInteger(variant) &&
  Number.isFinite(Date.parse(at));

function attemptsIn(text) {
  const list = attempt(() => JSON.parse(text), null);
  return Array.isArray(list) ? list.filter((one) => one && isAttempt(one)) : [];
}

/** @returns {import("../../types.js").Attempt[]} oldest first */
export const attempts = (name) => attemptsIn(kept(RECORD + name));

/** @param {string} name  @param {Omit<import("../../types.js").Attempt, "at">} what */
export function note(name, what) {
  const list = [...attempts(name), { at: new Date().toISOString(), ...what }];
  keep(RECORD + name, JSON.stringify(list.slice(-MOST)));
  window.dispatchEvent(new Event("bookkit:noted"));
}

const keys = () => [...new Set([...memory.keys(), ...stored()])];

/* Of all exercises that were ever answered. */
export const names = () =>
  keys().filter((key) => key.startsWith(RECORD)).map((key) => key.slice(RECORD.length));

/* All that is remembered, as the text of a file. */
export const saved = () =>
  JSON.stringify({ bookkit: 1, kept: Object.fromEntries(keys().map((key) => [key, kept(key)])) });

/* Attempts of both, each once. */
function merged(one, other) {
  const both = [...attemptsIn(one), ...attemptsIn(other)].map((entry) => JSON.stringify(entry));
  const list = [...new Set(both)].map((entry) => JSON.parse(entry));
  list.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return JSON.stringify(list.slice(-MOST));
}

/* Two texts of which none may be lost. */
export function together(one, other) {
  if (one.includes(other)) return one;
  return other.includes(one) ? other : `${one}\n\n${other}`;
}

/* Takes over what a file has; says whether the browser keeps it, or null of a file that is not ours.
   Nothing that is here is lost by it. */
export function readBack(text) {
  const file = attempt(() => JSON.parse(text), null);
  if (file?.bookkit !== 1 || Object(file.kept) !== file.kept || Array.isArray(file.kept)) return null;
  for (const [key, value] of Object.entries(file.kept)) {
    if (typeof value !== "string" || !isOurs(key)) continue;
    const here = kept(key) ?? "";
    if (key.startsWith(RECORD)) keep(key, merged(value, here));
    else keep(key, key.startsWith(WRITTEN) ? together(value, here) : here || value);
  }
  return memory.size === 0;
}

export function forgetAll() {
  const all = keys();
  memory.clear();
  attempt(() => all.forEach((key) => localStorage.removeItem(key)));
}
