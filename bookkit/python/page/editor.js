/* What makes a text area fit for Python: it grows, Tab indents, Enter keeps the indentation.
   Escape and then Tab leave it, as a keyboard must be able to. */

const STEP = 4;

/* Puts a text where the selection is, in a text area that has the focus.
   Unlike a change of `value`, this can be undone. */
export function insert(area, text) {
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
  }
}

const beginOfLine = (area) => area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
const lineUpToHere = (area) => area.value.slice(beginOfLine(area), area.selectionStart);

const indented = (line) => line && " ".repeat(STEP) + line;
const outdented = (line) => line.replace(/^ {1,4}/, "");

/* Changes every line that the selection touches; what was selected stays so. */
function shift(area, change) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const begin = beginOfLine(area);
  // A line is not touched by a selection that ends before its first sign.
  const end = `${value}\n`.indexOf("\n", to > from && value[to - 1] === "\n" ? to - 1 : to);
  const lines = value.slice(begin, end).split("\n");
  const text = lines.map(change).join("\n");
  if (text === value.slice(begin, end)) return;
  area.setSelectionRange(begin, end);
  insert(area, text);
  const moved = (place, by) => Math.max(begin, place + by);
  area.setSelectionRange(moved(from, change(lines[0]).length - lines[0].length), moved(to, text.length - (end - begin)));
}

function breakLine(area) {
  const line = lineUpToHere(area);
  const deeper = /:\s*(#.*)?$/.test(line) ? " ".repeat(STEP) : "";
  insert(area, `\n${/^ */.exec(line)[0]}${deeper}`);
}

/* Equips a text area; `run` is called for Shift-Enter and Ctrl-Enter. */
export function equip(area, run) {
  const fit = () => { area.rows = Math.max(2, area.value.split("\n").length); };
  let leaving = false;
  Object.assign(area, { spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" });
  area.setAttribute("autocorrect", "off");
  area.classList.add("code-entry");
  area.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    if (key === "Escape") {
      leaving = true;
      return;
    }
    if (key === "Enter" && (shiftKey || ctrlKey || metaKey)) {
      event.preventDefault();
      run();
    } else if (key === "Enter" && !event.isComposing) {
      event.preventDefault();
      breakLine(area);
    } else if (key === "Tab" && !leaving && !ctrlKey && !altKey && !metaKey) {
      event.preventDefault();
      if (shiftKey) shift(area, outdented);
      else if (area.selectionStart < area.selectionEnd) shift(area, indented);
      else insert(area, " ".repeat(STEP - (lineUpToHere(area).length % STEP)));
    }
    if (key !== "Shift") leaving = false;
  });
  area.addEventListener("blur", () => { leaving = false; });
  for (const event of ["input", "change"]) area.addEventListener(event, fit);
  fit();
}
