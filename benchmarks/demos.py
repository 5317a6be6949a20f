"""What the baked demos weigh, and how long a step of a control takes from the event to the picture.

    python -m benchmarks.demos

Needs the built site (`make book`) and a browser.
"""

import gzip
import re
from pathlib import Path

from bookkit.browser import chromium

SITE = Path(__file__).parents[1] / "_build" / "html"
STEPS = 200

# Each step starts with a frame; the message arrives when that frame has been painted.
TIME_STEPS = """async ([ident, steps]) => {
  const figure = document.getElementById(ident), times = [];
  const controls = figure.querySelectorAll("input, select");
  for (let i = 0; i < steps; i++) {
    const control = controls[i % controls.length], share = (i * 0.618) % 1;
    times.push(await new Promise((done) => requestAnimationFrame(() => {
      const start = performance.now(), channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - start);
      const { min, max, options } = control;
      if (control.type === "checkbox") control.checked = !control.checked;
      else if (options) control.selectedIndex = Math.floor(share * options.length);
      else control.value = +min + (max - min) * share;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      channel.port2.postMessage(null);
    })));
  }
  return times.sort((a, b) => a - b);
}"""


def demos():
    """Return (ident, page, data file) of every demo of the built site."""
    found = []
    for page in sorted((SITE / "chapters").glob("*.html")):
        for ident, source in re.findall(
            r'<figure class="demo" id="([\w-]+)" data-src="([^"]+)"', page.read_text("utf-8")
        ):
            found.append((ident, page, (page.parent / source).resolve()))
    return found


def gzipped(page):
    """Return how many bytes a server would send for bytes or a text."""
    return len(gzip.compress(page.encode() if isinstance(page, str) else page, 9))


def main():
    """Print a row for each demo."""
    print("\n## Demos\n\nGzipped; a step is from the event to the painted frame.\n")
    print("| demo | figure, KB | data, KB | step, median ms | step, 95 % ms |")
    print("|---|---:|---:|---:|---:|")
    with chromium() as browser:
        for ident, page, data in demos():
            markup = re.search(
                f'<figure class="demo" id="{ident}".*?</figure>', page.read_text("utf-8"), re.DOTALL
            ).group()
            tab = browser.new_page()
            tab.goto(page.as_uri())
            tab.locator(f"#{ident}").scroll_into_view_if_needed()
            tab.wait_for_selector(f"#{ident}[data-ready]")
            times = tab.evaluate(TIME_STEPS, [ident, STEPS])
            tab.close()
            sizes = (gzipped(part) / 1000 for part in (markup, data.read_bytes()))
            print(
                f"| {ident} |",
                " | ".join(f"{size:.1f}" for size in sizes),
                f"| {times[STEPS // 2]:.1f} | {times[int(0.95 * STEPS)]:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
