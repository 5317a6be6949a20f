"""What axe finds on a page: barriers to readers, by WCAG 2.2 AA and good practice."""

from importlib.util import find_spec
from pathlib import Path

import pytest

AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")

# All that axe finds in order would be megabytes; only what it complains of is asked for.
RUN = """([only, without]) => axe.run(document, {
    preload: false, resultTypes: ["violations"], runOnly: only,
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
}).then(({ violations }) => violations)"""
EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

# The themes of a page differ in nothing but colours.
in_each_theme = pytest.mark.parametrize(
    ("theme", "rules"), [("light", EVERYTHING), ("dark", COLOURS)], ids=["light", "dark"]
)


def found_by_axe(tab, only=EVERYTHING, without=()):
    """Return what axe complains of, or what it does of a part of its rules."""
    if not tab.evaluate("'axe' in globalThis"):
        tab.evaluate(AXE.read_text("utf-8"))
    violations = tab.evaluate(RUN, [only, list(without)])
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in violations
        for node in violation["nodes"]
    ]
