"""Another one like it: an exercise that asks for a number, with other numbers in it."""

from bookkit.exercise.exercise import ExerciseError
from bookkit.exercise.number import Number
from bookkit.exercise.rules import Near

_SHARED = ("name", "title", "stars", "minutes", "unit")  # what the head and the field say for all


def varied(make, parameters):
    """Return the first of several variants of a `Number`, which knows them all.

    Parameters
    ----------
    make : function
        Called with each of the parameters; returns a `Number`, of the same name each time.
    parameters : list
        Single values, or tuples of arguments; the first is what is printed.

    Returns
    -------
    Number
        The variant of the first parameters. Its `variants` are all of them in their order, itself
        the first; each has its `parameters`, a tuple.

    Raises
    ------
    ExerciseError
        If there are fewer than two, if one is no `Number`, if name, title, stars, minutes or unit
        are not the same for all, if two ask and answer the same, if the answer of one is right for
        the next as well, the first after the last included, or if a variant is refused.

    Examples
    --------
    >>> def _square(n):
    ...     return Number("square", stars=1, minutes=1, question=f"What is the square of {n}?",
    ...         answer=n**2, why="It is multiplied by itself.", hint="Multiply.",
    ...         solution=f"{n**2}.")
    >>> square = varied(_square, [3, 5, 12])
    >>> square.check(9)
    Right. It is multiplied by itself.
    >>> [variant.answer for variant in square.variants]
    [9.0, 25.0, 144.0]
    >>> square.variants[1].parameters
    (5,)
    """
    given = [value if isinstance(value, tuple) else (value,) for value in parameters]
    name = getattr(make, "__name__", "").strip("_") or "varied"
    variants = [_made(make, values, name) for values in given]
    if len(variants) < 2:
        raise ExerciseError(name, f"it varies with at least two parameters, not {len(variants)}")
    first = variants[0]
    for variant in variants[1:]:
        _require_alike(first, variant)
    _require_distinct(variants)
    _require_others_next(variants)
    for variant in variants:
        variant.variants = variants
    return first


def _made(make, values, name):
    """Return the variant for some parameters; a refusal says for which ones."""
    try:
        variant = make(*values)
    except ExerciseError as problem:
        raise ExerciseError(problem.name, f"with {_shown(values)}: {problem.problem}") from None
    if type(variant) is not Number:
        kind = type(variant).__name__
        raise ExerciseError(
            name, f"only a Number has variants; with {_shown(values)} it is a {kind}"
        )
    variant.parameters = values
    return variant


def _require_alike(first, variant):
    for part in _SHARED:
        one, other = getattr(first, part), getattr(variant, part)
        if one != other:
            first.refuse(
                f"all variants have one {part}, but with {_shown(first.parameters)} it is {one!r} "
                f"and with {_shown(variant.parameters)} {other!r}"
            )


def _require_distinct(variants):
    seen = {}
    for variant in variants:
        key = (variant.question, variant.answer)
        if key in seen:
            variant.refuse(
                f"with {_shown(seen[key].parameters)} and with {_shown(variant.parameters)} it asks "
                "and answers the same; take one of them away"
            )
        seen[key] = variant


def _require_others_next(variants):
    """Who has just answered one has not answered the next."""
    for before, variant in zip(variants, [*variants[1:], variants[0]], strict=True):
        if Near(variant.answer, variant.tolerance).holds(before.answer):
            variant.refuse(
                f"with {_shown(variant.parameters)} it follows {_shown(before.parameters)}, whose "
                f"answer {before.answer!r} is right again; give them another order or other numbers"
            )


def _shown(values):
    return ", ".join(map(repr, values))
