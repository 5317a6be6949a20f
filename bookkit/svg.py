"""A matplotlib figure as SVG that sits in a page: themed, small, without style attributes.

Colours of the palette become CSS variables and ink becomes `currentColor`, so one picture serves
light, dark and print. Style attributes become presentation attributes, which a strict
content-security policy allows.
"""

import base64
import io
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure
from PIL import Image

from bookkit.palette import COLOURS
from bookkit.svg_paths import in_steps

STYLE = str(Path(__file__).with_name("book.mplstyle"))
INK = "#101418"  # the ink of book.mplstyle
_SCALE = 1.07  # pixels of a page to a point: a pair of pictures 340 points wide fills a page's text
_SVG = "{http://www.w3.org/2000/svg}"
_WORDS = {f"{_SVG}text", f"{_SVG}tspan"}  # powers of ten on a log axis are tspans
_HREF = "{http://www.w3.org/1999/xlink}href"
_VARIABLES = {pair[0]: f"var(--it-{name},{pair[0]})" for name, pair in COLOURS.items()}
_VARIABLES |= {INK: "currentColor", "#000000": "currentColor"}
_DROPPED = {
    "font-family",
    "stroke-linejoin",
    "stroke-miterlimit",
    "font-variant",
    "font-stretch",
    "font-style",
    "font-weight",
}


@cache
def style():
    """Return all settings of the book's style, read from its file once."""
    with matplotlib.rc_context(fname=STYLE):
        # To ask for the backend would choose one.
        return {
            name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"
        }


def new_figure(width, height):
    """Return a Figure in the book's style, `width` × `height` points (1 point = 1 SVG unit)."""
    with matplotlib.rc_context(style()):
        return Figure(figsize=(width / 72, height / 72), layout="constrained")


def styled(function, *args, **kwargs):
    """Call a function that draws, with the book's style switched on."""
    with matplotlib.rc_context(style()):
        return function(*args, **kwargs)


def to_svg(figure, prefix, alt):
    """Return `<svg role="img">` markup of a figure; ids begin with `prefix`.

    It has the width at which letters are as large as in every other picture of the book.
    """
    raw = io.StringIO()
    with matplotlib.rc_context(style()):
        matplotlib.rcParams["svg.hashsalt"] = prefix
        figure.savefig(raw, format="svg", transparent=True, metadata={"Date": None})
    root = ElementTree.fromstring(raw.getvalue())
    _clean(root, prefix)
    width = f"{_SCALE * 72 * figure.get_figwidth():.0f}"
    root.attrib = {"viewBox": root.get("viewBox"), "width": width, "role": "img", "aria-label": alt}
    text = ElementTree.tostring(root, encoding="unicode")
    return text.replace("ns0:", "").replace(":ns0", "")


def _clean(root, prefix):
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.split("}")[-1] in ("metadata", "style") or "}" not in child.tag:
                parent.remove(child)
    used = set(
        re.findall(
            r"#([\w-]+)",
            " ".join(value for element in root.iter() for value in element.attrib.values()),
        )
    )
    for element in root.iter():
        element.tail = None
        element.text = element.text if element.tag in _WORDS else None
        _attributes(element, used, prefix)
    for element in root.iter(f"{_SVG}g"):
        _join(element)
    for element in root.iter(f"{_SVG}g"):
        _share(element)


def _join(group):
    """Put neighbours that are cut off alike into one group: each dot of a scatter has its own."""
    last = None
    for child in list(group):
        if last is not None and child.attrib == last.attrib and set(child.attrib) == {"clip-path"}:
            last.extend(child)
            group.remove(child)
        else:
            last = child if child.tag == f"{_SVG}g" else None


def _share(group):
    """Say once for a group of like dots what would be said of each."""
    dots = group.findall(f"{_SVG}use")
    if len(dots) < 2 or len(dots) + len(group.findall(f"{_SVG}defs")) < len(group):
        return
    same = set.intersection(*(set(dot.attrib.items()) for dot in dots))
    for name, value in sorted(same):
        if name.startswith(("fill", "stroke")) and name not in group.attrib:
            group.set(name, value)
            for dot in dots:
                del dot.attrib[name]


def _packed(address):
    """Return the address of an embedded picture; greys need no colours, and half the bytes."""
    kind, _, data = address.partition("base64,")
    if not data:
        return address
    picture, smaller = Image.open(io.BytesIO(base64.b64decode(data))), io.BytesIO()
    grey = picture.convert("L")
    if grey.convert(picture.mode).tobytes() != picture.tobytes():
        return address
    grey.save(smaller, "PNG", optimize=True)
    return f"{kind}base64,{base64.b64encode(smaller.getvalue()).decode()}"


def _attributes(element, used, prefix):
    style = element.attrib.pop("style", "")
    for name, value in re.findall(r"([\w-]+):\s*([^;]+)", style):
        if name == "font":
            element.set("font-size", re.search(r"([\d.]+)px", value).group(1))
        elif name not in _DROPPED:
            element.set(name, _VARIABLES.get(value.strip().lower(), value.strip()))
    if _HREF in element.attrib:
        element.set("href", _packed(element.attrib.pop(_HREF)))
    ident = element.attrib.pop("id", None)
    if ident in used or (ident or "").startswith("marks"):
        element.set("id", f"{prefix}-{ident}")
    if element.get("transform", "").startswith("rotate(-0 "):  # by nothing
        del element.attrib["transform"]
    for name, value in element.attrib.items():
        value = (
            re.sub(r"#([\w-]+)(?=\)|$)", rf"#{prefix}-\1", value)
            if "url(" in value or name == "href"
            else value
        )
        if name == "d":
            value = in_steps(value)
        elif name in ("x", "y", "width", "height", "transform", "points"):
            value = _short(value, 1 if element.tag == f"{_SVG}use" else 2)  # a dot touches nothing
        element.set(name, re.sub(r"\s+", " ", value.strip()))


def _short(value, digits):
    """Return a value of an attribute with its numbers rounded."""
    number = re.compile(r"-?\d+\.\d+")
    return number.sub(lambda m: f"{float(m[0]):.{digits}f}".rstrip("0").rstrip("."), value)
