/* Remembers what was answered, when and how, in this browser alone. */

const SOLVED = "bookkit:solved:"; // a mark for each exercise that counts as solved
const READ = "bookkit:read:"; // or only as read
const RECORD = "bookkit:record:1:"; // its attempts; 1 is the version of what is written
const PREDICTED = "bookkit:predict:";
const WRITTEN = "bookkit:written:"; // what a reader wrote before comparing
const OURS = [SOLVED, READ, RECORD, PREDICTED, WRITTEN];
const MOST = 20; // attempts kept of one exercise

/* Storage may be switched off, full or gone; then a page remembers until it is left. */
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
  attempt(() => localStorage.setItem(key, text));
}

export const kept = (key) =>
  attempt(() => localStorage.getItem(key), null) ?? memory.get(key) ?? null;

export const keepPrediction = (ident, reply) => keep(PREDICTED + ident, reply);
export const keptPrediction = (ident) => kept(PREDICTED + ident);

export const keepWritten = (name, text) => keep(WRITTEN + name, text);
export const keptWritten = (name) => kept(WRITTEN + name);

export const isSolved = (name) => kept(SOLVED + name) !== null;
export const isRead = (name) => kept(READ + name) !== null;
export const remember = (name, onlyRead = false) => keep((onlyRead ? READ : SOLVED) + name, "1");

/** @returns {import("../../types.js").Attempt[]} oldest first */
export function attempts(name) {
  const list = attempt(() => JSON.parse(kept(RECORD + name)), null);
  return Array.isArray(list) ? list.filter(({ at }) => Number.isFinite(Date.parse(at))) : [];
}

/** @param {string} name  @param {Omit<import("../../types.js").Attempt, "at">} what */
export function note(name, what) {
  const list = [...attempts(name), { at: new Date().toISOString(), ...what }];
  keep(RECORD + name, JSON.stringify(list.slice(-MOST)));
  window.dispatchEvent(new Event("bookkit:noted"));
}

const keys = () => [...new Set([...memory.keys(), ...attempt(() => Object.keys(localStorage), [])])]
  .filter((key) => OURS.some((prefix) => key.startsWith(prefix)));

/* Of all exercises that were ever answered. */
export const names = () =>
  keys().filter((key) => key.startsWith(RECORD)).map((key) => key.slice(RECORD.length));

/* All that is remembered, as the text of a file. */
export const saved = () =>
  JSON.stringify({ bookkit: 1, kept: Object.fromEntries(keys().map((key) => [key, kept(key)])) });

/* Takes over what a file has; says whether it was one of ours. Attempts of both are kept. */
export function readBack(text) {
  const file = attempt(() => JSON.parse(text), null);
  if (!file || file.bookkit !== 1 || typeof file.kept !== "object" || !file.kept) return false;
  for (const [key, value] of Object.entries(file.kept)) {
    if (typeof value !== "string" || !OURS.some((prefix) => key.startsWith(prefix))) continue;
    const name = key.slice(RECORD.length);
    const here = key.startsWith(RECORD) ? attempts(name) : [];
    keep(key, value);
    if (!here.length) continue;
    const both = [...attempts(name), ...here].map((entry) => JSON.stringify(entry));
    const list = [...new Set(both)].map((entry) => JSON.parse(entry));
    list.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    keep(key, JSON.stringify(list.slice(-MOST)));
  }
  return true;
}

export function forgetAll() {
  const all = keys();
  memory.clear();
  attempt(() => all.forEach((key) => localStorage.removeItem(key)));
}
