/* Remembers what is solved, in this browser alone. */

const PREFIX = "bookkit:solved:";

/* Storage may be switched off, full or gone; then a page remembers until it is left. */
const memory = new Set();
const attempt = (action, otherwise) => {
  try {
    return action();
  } catch {
    return otherwise;
  }
};
export const isSolved = (name) =>
  memory.has(name) || attempt(() => localStorage.getItem(PREFIX + name) !== null, false);

export function remember(name) {
  memory.add(name);
  attempt(() => localStorage.setItem(PREFIX + name, "1"));
}

/* A text under a name of its own, for as long as the browser lets us. */
export const keep = (key, text) => attempt(() => localStorage.setItem(key, text));
export const kept = (key) => attempt(() => localStorage.getItem(key), null);

export function forgetAll() {
  memory.clear();
  attempt(() => {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX) || key.startsWith("bookkit:predict:"))
      .forEach((key) => localStorage.removeItem(key));
  });
}
