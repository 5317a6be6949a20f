// What every page of the book can do: change theme, find one's place, copy code, scroll wide things by keyboard, print.
"use strict";
{
  const root = document.documentElement;

  const theme = document.querySelector("button.theme");
  const show = () => theme.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  theme.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage is switched off */ }
    show();
  });
  show();

  // The contents show where the reader is; on a phone they close when a section is chosen.
  const contents = document.getElementById("contents");
  if (contents) { // a demo that stands alone has none
    const here = contents.querySelector(".current");
    const reveal = () => { if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 3; };
    contents.addEventListener("toggle", reveal);
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
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

  // Wide formulas, code and tables scroll in a box of their own; such a box can be focused.
  const boxes = document.querySelectorAll(".equation, pre, .table-box, .output.text_html");
  const measure = (box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    box.classList.toggle("more", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  };
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));
  boxes.forEach((box) => {
    observer.observe(box);
    box.addEventListener("scroll", () => measure(box), { passive: true });
  });

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));
}
