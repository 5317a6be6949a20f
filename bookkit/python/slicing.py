"""Cut out of a module of exercises those that ask for a function, with all that they refer to.

A whole module computes every answer when it is imported, which takes seconds in a browser and
asks for libraries that a page has not. The slice takes hundredths of a second.
"""

import ast


def sliced(source, call="Code"):
    """Return the part of a module that its top-level assignments from `call` need.

    Statements keep their text and their order, so that `inspect.getsource` finds functions. The
    result is empty if nothing in the module is made by `call`.

    >>> print(sliced('''
    ... import math, random
    ... SEED = random.random()
    ... def double(x):
    ...     number = 2 * [x]
    ...     return math.fsum(number)
    ... number = Number(SEED)
    ... twice = Code(double)
    ... ''').strip())
    import math
    <BLANKLINE>
    def double(x):
        number = 2 * [x]
        return math.fsum(number)
    <BLANKLINE>
    twice = Code(double)
    """
    body = ast.parse(source).body
    kept = {i for i, statement in enumerate(body) if _is_made_by(call, statement)}
    wanted = set()
    while True:
        wanted = set().union(*(_used_by(body[i]) for i in kept))
        more = kept | {i for i, statement in enumerate(body) if _bound_by(statement) & wanted}
        if more == kept:
            break
        kept = more
    lines = source.splitlines()
    return "".join(f"{_text(body[i], lines, wanted)}\n\n" for i in sorted(kept))


def _is_made_by(call, statement):
    value = getattr(statement, "value", None)
    return (
        isinstance(statement, ast.Assign)
        and isinstance(value, ast.Call)
        and getattr(value.func, "id", "") == call
    )


def _bound_by(statement):
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {_bound_name(alias) for alias in statement.names}
    if isinstance(statement, ast.Assign):  # not the names of comprehensions in its value
        return set().union(*(_names(target, ast.Store) for target in statement.targets))
    return _names(statement, ast.Store)


def _bound_name(alias):
    return alias.asname or alias.name.partition(".")[0]


def _used_by(statement):
    """Return the names of the module that a statement uses; a function's own are not among them."""
    used = _names(statement, ast.Load)
    if isinstance(statement, ast.FunctionDef):
        own = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
        used -= own | _names(statement, ast.Store)
    return used


def _names(statement, context):
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }


def _text(statement, lines, wanted):
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        statement.names = [alias for alias in statement.names if _bound_name(alias) in wanted]
        return ast.unparse(statement)
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(lines[first - 1 : statement.end_lineno])
