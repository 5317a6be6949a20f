"""Where a long formula in a line of text may be broken.

Browsers never break a formula, so that on a phone a long one would run out of the page. Here it
becomes several, one after the other: a line may end between them, as it may in TeX, after a
relation, a sum, a product or a comma that stands outside of all brackets.
"""

from xml.etree import ElementTree

_AFTER = frozenset("=≠≈≡<>≤≥∝→⇒⇔↦+−±⋅×,;")
_OPENING, _CLOSING = "([{⟨⌊⌈", ")]}⟩⌋⌉"
_LONG = 20  # characters; a shorter formula fits on any line


def break_up(mathml):
    """Return the MathML of an inline formula, as several formulas if it is long.

    >>> break_up("<math><mi>x</mi><mo>=</mo><mn>0</mn></math>")
    '<math><mi>x</mi><mo>=</mo><mn>0</mn></math>'
    >>> sides = "<mi>a</mi><mo>=</mo><mtext>twenty-one characters</mtext>"
    >>> break_up(f"<math>{sides}</math>").count("<math>")
    2
    """
    formula = ElementTree.fromstring(mathml)
    if len("".join(formula.itertext())) <= _LONG:
        return mathml
    return "".join(map(_written, _pieces(formula)))


def _pieces(formula):
    """Yield the elements of a formula in groups; each but the last ends with an operator."""
    group, depth, may_end = [], 0, False
    for element in formula:
        if may_end and element.tag != "mspace":  # space belongs to the end of a line
            yield group
            group, may_end = [], False
        text = "".join(element.itertext())
        depth += sum(map(text.count, _OPENING)) - sum(map(text.count, _CLOSING))
        if text in _AFTER and depth == 0 and group and _ends_operand(group[-1]):
            element.set("form", "infix")  # last in its group, it would be taken for a postfix
            may_end = True
        group.append(element)
    yield group


def _ends_operand(element):
    """Tell a minus between two numbers from the sign of one."""
    return element.tag != "mspace" and (element.tag != "mo" or element.text in _CLOSING + "|‖!")


def _written(elements):
    piece = ElementTree.Element("math")
    piece.extend(elements)
    return ElementTree.tostring(piece, encoding="unicode")
