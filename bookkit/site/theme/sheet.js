/* The exercises of a chapter on paper: `?print=questions` has room to write, `?print=answers` the solutions. */

/* Put the sheet in place of the chapter, of which it is made, if the address asks for one. */
export function showSheet() {
  const kind = new URLSearchParams(location.search).get("print");
  const forms = [...document.querySelectorAll("article form.exercise")];
  if (!["questions", "answers"].includes(kind) || !forms.length) return;
  const article = document.querySelector("article");
  const title = article.querySelector("h1");
  title.querySelector(".headerlink")?.remove();
  const items = forms.map(kind === "questions" ? question : answer);
  article.replaceChildren(title, ...(kind === "questions" ? [lineForName()] : []), bar(kind), ...items);
  document.documentElement.dataset.print = kind;
  document.querySelector(".turn")?.remove(); // or an arrow would leave what is ticked
}

function lineForName() {
  const line = document.createElement("p");
  line.className = "sheet-name";
  for (const word of ["Name", "Date"]) {
    const blank = document.createElement("span");
    blank.textContent = `${word}:`;
    line.append(blank);
  }
  return line;
}

function bar(kind) {
  const line = document.createElement("p");
  const print = document.createElement("button");
  const back = document.createElement("a");
  line.className = "sheet-bar";
  print.type = "button";
  print.textContent = "Print";
  print.addEventListener("click", () => window.print());
  back.href = location.pathname;
  back.textContent = "back to the chapter";
  line.append(kind === "questions" ? "Worksheet. " : "Answers. ", print, " ", back);
  return line;
}

function item(form) {
  const box = document.createElement("section");
  const head = form.querySelector(".exercise-head");
  box.className = "sheet-item";
  box.id = form.id; // its number is a link to it
  head.querySelector(".exercise-solved")?.remove();
  box.append(head);
  return box;
}

/* The question, what can be chosen or put in order, what is asked for, and room that grows with the minutes. */
function question(form) {
  const box = item(form);
  box.append(form.querySelector(".exercise-question"));
  if (["choice", "ordering"].includes(form.dataset.kind)) {
    const options = form.querySelector("fieldset");
    for (const part of options.querySelectorAll(".exercise-moves, .exercise-moved, [type=hidden]")) part.remove();
    for (const radio of options.querySelectorAll("input")) radio.name = form.id; // or all choices of the sheet were one
    box.append(options);
  }
  const field = form.querySelector("[name=answer]:is([type=text], textarea)");
  if (field) box.append(field.labels[0]); // in which unit, and how exactly
  const room = document.createElement("div");
  const minutes = Number(box.querySelector(".exercise-minutes").textContent.match(/\d+/)[0]);
  room.className = "sheet-room";
  room.dataset.size = form.dataset.kind === "choice" ? 1 : Math.min(4, 1 + Math.ceil(minutes / 4));
  box.append(room);
  return box;
}

function answer(form) {
  const box = item(form);
  box.append(...form.querySelector(".exercise-solution > div").childNodes);
  return box;
}
