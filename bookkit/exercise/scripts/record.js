/* Remembers what is solved, or read without being solved, in this browser alone. */

const SOLVED = "bookkit:solved:";
const READ = "bookkit:read:";

/* Storage may be switched off, full or gone; then a page remembers until it is left. */
const memory = new Set();
const attempt = (action, otherwise) => {
  try {
    return action();
  } catch {
    return otherwise;
  }
};
const isKnown = (key) =>
  memory.has(key) || attempt(() => localStorage.getItem(key) !== null, false);
export const isSolved = (name) => isKnown(SOLVED + name);
export const isRead = (name) => isKnown(READ + name);

export function remember(name, onlyRead = false) {
  const key = (onlyRead ? READ : SOLVED) + name;
  memory.add(key);
  attempt(() => localStorage.setItem(key, "1"));
}

/* A text under a name of its own, for as long as the browser lets us. */
export const keep = (key, text) => attempt(() => localStorage.setItem(key, text));
export const kept = (key) => attempt(() => localStorage.getItem(key), null);

export function forgetAll() {
  memory.clear();
  attempt(() => {
    Object.keys(localStorage)
      .filter((key) => [SOLVED, READ, "bookkit:predict:"].some((prefix) => key.startsWith(prefix)))
      .forEach((key) => localStorage.removeItem(key));
  });
}
