/* A page to play: programs go into its first cell with one click, and into a link with another. */

import { cells } from "./cells.js";

const KEY = "#code=";

const ground = cells.find((cell) => cell.element.matches(".tag_play"));

/* What encodeURIComponent leaves, and what ends a link in many programs that show one. */
const encoded = (text) => encodeURIComponent(text)
  .replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function decoded(fragment) {
  try {
    return decodeURIComponent(fragment.slice(KEY.length));
  } catch {
    return null; // a link that was cut
  }
}

function fromLink() {
  if (!location.hash.startsWith(KEY)) return;
  const program = decoded(location.hash);
  if (program === null) {
    ground.status.textContent = "This link is damaged: its program cannot be read.";
    return;
  }
  ground.edit(program);
  ground.status.textContent = "This program came with the link. Read it before you run it.";
}

async function share() {
  history.replaceState(null, "", KEY + encoded(ground.source));
  try {
    await navigator.clipboard.writeText(location.href);
    ground.status.textContent = "The link is copied; it carries the program.";
  } catch {
    ground.status.textContent = "The link is in the address bar; it carries the program.";
  }
}

function button(text, action) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", textContent: text });
  element.addEventListener("click", action);
  return element;
}

export function startPlay() {
  if (!ground) return;
  const bar = ground.element.querySelector(".cell-bar");
  const link = button("Copy a link to this program", share);
  link.dataset.action = "share";
  bar.querySelector(".cell-status").before(link);
  for (const cell of cells.filter((other) => other !== ground)) {
    const open = button("Open in the cell above", () => {
      ground.edit(cell.book);
      ground.element.scrollIntoView({ block: "center" });
    });
    open.dataset.action = "open";
    cell.element.querySelector(".cell-status").before(open);
  }
  ground.openEditor(ground.book);
  fromLink();
  window.addEventListener("hashchange", fromLink);
}
