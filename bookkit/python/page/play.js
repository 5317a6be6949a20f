/* A page to play: programs go into its first cell with one click, and into a link with another. */

import { cells } from "./cells.js";

const KEY = "#code=";

const ground = cells.find((cell) => cell.element.matches(".tag_play"));

/* What encodeURIComponent leaves, and what ends a link in many programs that show one; some of it at
   its very end alone. */
const encoded = (text) => encodeURIComponent(text)
  .replace(/[!'()*~]|[._]$/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

let taken; // the link whose program was put into the cell; its reader may have changed it since

/* The program of the link, if it brings one that is new. */
function fromLink() {
  if (!location.hash.startsWith(KEY) || location.hash === taken) return undefined;
  taken = location.hash;
  try {
    const program = decodeURIComponent(taken.slice(KEY.length));
    ground.status.textContent = "This program came with the link. Read it before you run it.";
    return program;
  } catch { // it was cut
    ground.status.textContent = "This link is damaged: its program cannot be read.";
    return undefined;
  }
}

function put(program) {
  ground.edit(program);
  ground.show("done", ""); // what stands there was printed by another one
}

async function share() {
  history.replaceState(null, "", KEY + encoded(ground.source));
  taken = location.hash;
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
      put(cell.book);
      ground.status.textContent = "";
      ground.element.scrollIntoView({ block: "center" });
    });
    open.dataset.action = "open";
    cell.element.querySelector(".cell-status").before(open);
  }
  const first = fromLink();
  ground.openEditor(first ?? ground.book);
  if (first !== undefined) ground.show("done", "");
  window.addEventListener("hashchange", () => {
    const program = fromLink();
    if (program !== undefined) put(program);
  });
}
