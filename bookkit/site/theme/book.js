// What every page of the book can do: change theme, find one's place, copy code, scroll wide things by keyboard, print.
import { startFilter } from "./filter.js";
import { showSheet } from "./sheet.js";

showSheet();
document.querySelectorAll("form.filter").forEach(startFilter);
{
  const root = document.documentElement;

  // The page that a reader opens next remembers what such a button has switched.
  const startSwitch = (button, name, on, off) => {
    if (!button) return;
    const tell = () => button.setAttribute("aria-pressed", String(root.dataset[name] === on));
    button.addEventListener("click", () => {
      root.dataset[name] = root.dataset[name] === on ? off : on;
      try { localStorage.setItem(name, root.dataset[name]); } catch { /* storage is switched off */ }
    });
    new MutationObserver(tell).observe(root, { attributeFilter: [`data-${name}`] });
    tell();
  };
  startSwitch(document.querySelector("button.theme"), "theme", "dark", "light");
  startSwitch(document.querySelector("button.code"), "code", "hidden", "shown"); // all code, for reading

  // Arrows turn the page where nothing else listens to them: no field, no slider, no box that scrolls.
  addEventListener("keydown", (event) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const free = [document.body, document.getElementById("main")].includes(document.activeElement);
    if (!rel || !free || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    document.querySelector(`.turn a[rel="${rel}"]`)?.click();
  });

  // The contents show where the reader is; on a phone they close when a section is chosen.
  const contents = document.getElementById("contents");
  if (contents) { // a demo that stands alone has none
    const here = contents.querySelector(".current");
    const reveal = () => { if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 3; };
    contents.addEventListener("toggle", reveal);
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
    });
    // In a window that gets wide they stand beside the text, without the button that opens and closes them.
    const menu = document.querySelector("[popovertarget=contents]");
    addEventListener("resize", () => {
      if (!menu.offsetParent && contents.matches(":popover-open")) contents.hidePopover();
    });
    reveal();
  }

  for (const block of document.querySelectorAll(".cell_input .highlight, div[class*=highlight-] > .highlight")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const code = block.querySelector("pre");
      try {
        await navigator.clipboard.writeText(code.textContent.trimEnd());
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    block.append(button);
  }

  // A formula that is copied becomes a line of text; a browser would put each of its signs on a line of its own.
  const closed = (text) => (/^[\p{L}\p{N}.∞*]*(\([^()]*\))?$/u.test(text) ? text : `(${text})`);
  const apart = (base, script) => base + script + (/^[∑∏∫]|^\p{L}{2}/u.test(base) ? " " : ""); // a sum, or a name such as log
  const raised = ([base, over]) => apart(base, `^${closed(over)}`);
  const lowered = ([base, under]) => apart(base, `_${closed(under)}`);
  const both = ([base, under, over]) => apart(base, `_${closed(under)}^${closed(over)}`);
  const WRITTEN = {
    mfrac: ([over, under]) => `${closed(over)}/${closed(under)}`,
    msub: lowered, munder: lowered, msup: raised, msubsup: both, munderover: both,
    msqrt: (parts) => `√(${parts.join("")})`,
    mtr: (parts) => parts.join(" "), mtable: (parts) => parts.join("\n"),
  };
  const written = (element) => (element.children.length
    ? (WRITTEN[element.localName] || ((parts) => parts.join("")))([...element.children].map(written))
    : element.textContent.replace(/\u2061/g, " ").replace(/[\u2062-\u2064]/g, ""));
  addEventListener("copy", (event) => {
    if (event.target.closest?.("input, textarea")) return; // Firefox keeps what is selected beside a field
    const selection = getSelection();
    const copied = document.createElement("div");
    if (selection.rangeCount) {
      const range = selection.getRangeAt(0);
      const whole = range.commonAncestorContainer;
      // What is taken from within a formula is one, or a power would lose its height.
      const part = whole.closest?.("math") ? copied.appendChild(document.createElement("math")).appendChild(whole.cloneNode()) : copied;
      part.append(range.cloneContents());
    }
    if (!copied.querySelector("math")) return;
    event.clipboardData.setData("text/html", copied.innerHTML);
    copied.querySelectorAll(".headerlink, button").forEach((part) => part.remove());
    copied.querySelectorAll("math").forEach((math) => math.replaceWith(written(math).replace(/ +/g, " ")));
    copied.className = "skip"; // beside the window: only what is laid out has its lines
    document.body.append(copied);
    event.clipboardData.setData("text/plain", copied.innerText);
    copied.remove();
    event.preventDefault();
  });

  // Wide formulas, code and tables scroll in a box of their own; such a box can be focused.
  const boxes = document.querySelectorAll(".equation, pre, .table-box, .output.text_html, .cell-python");
  const measure = (box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else if (box.localName !== "output") box.removeAttribute("tabindex"); // what is printed may scroll downwards
    box.classList.toggle("more", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  };
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));
  boxes.forEach((box) => {
    observer.observe(box);
    box.addEventListener("scroll", () => measure(box), { passive: true });
  });
  // What is in a box may become wider than it when a face arrives: that of code in a fold that is opened, say.
  document.fonts.addEventListener("loadingdone", () => boxes.forEach(measure));

  // A slider goes where a finger touches it; one that then scrolls the page has not meant it.
  let before;
  addEventListener("pointerdown", ({ target }) => { before = target.value; });
  addEventListener("pointercancel", ({ target }) => {
    if (target.type !== "range" || target.value === before) return;
    target.value = before;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Whoever follows a link to something folded wants to read it.
  const unfold = () => {
    const place = document.getElementById(location.hash.slice(1));
    const fold = place && place.closest("details");
    if (fold) fold.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));
}
