"""Ask each library for each quantity, with good input and with bad, and store the answers.

    python -m benchmarks libraries

Writes benchmarks/libraries.md, which the reference page of the book shows.  Every cell is what
the library returned or raised, here and now.
"""

import importlib.metadata
import math
import warnings
from functools import partial
from pathlib import Path

import numpy as np

import itlib
from benchmarks.measures import module_or_none

RESULTS = Path(__file__).parent / "libraries.md"
LIBRARIES = {
    "itlib": "itlib",
    "scipy": "SciPy",
    "sklearn": "scikit-learn",
    "torch": "PyTorch",
    "dit": "dit",
}
PACKAGES = ("scipy", "scikit-learn", "torch", "dit")

THREE = [[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]
FAIR = [0.5, 0.5]
# Arguments: good ones, two rows at once, a sum of 1.1, counts, a negative entry, NaN, and
# something that happens though it has probability 0.
MEASURES = {
    "entropy": (([0.75, 0.25],), (THREE,), ([0.5, 0.6],), ([3, 1],), ([-0.5, 1.5],),
                ([math.nan, 1],), None),
    **dict.fromkeys(
        ("KL divergence", "Jensen–Shannon", "cross-entropy"),
        (([0.75, 0.25], FAIR), (THREE, THREE[::-1]), ([0.5, 0.6], FAIR), ([3, 1], [2, 2]),
         ([-0.5, 1.5], FAIR), ([math.nan, 1], FAIR), (FAIR, [1, 0])),
    ),
    "mutual information": (([[0.25, 0.25], [0, 0.5]],), None, ([[0.25, 0.25], [0, 0.6]],),
                           ([[1, 1], [0, 2]],), ([[-0.25, 0.5], [0.25, 0.5]],),
                           ([[math.nan, 0.5], [0.25, 0.25]],), None),
}  # fmt: skip
# Logits or probabilities and labels: good ones, three examples, a label that is no class, NaN,
# and a label that was given probability 0.
PROBABILITIES = [[0.25, 0.75]]
LOSSES = {
    "from probabilities": ((PROBABILITIES, [1]), (PROBABILITIES * 3, [1, 0, 1]),
                           (PROBABILITIES, [2]), ([[math.nan, math.nan]], [1]), ([[1.0, 0.0]], [1])),
    "from logits": (([[0, math.log(3)]], [1]), ([[0, math.log(3)]] * 3, [1, 0, 1]),
                    ([[0, math.log(3)]], [2]), ([[math.nan, 1]], [1]), ([[1000.0, 0.0]], [1])),
}  # fmt: skip


def main():
    missing = set(PACKAGES) - {name for name, _ in _versions()}
    if missing:
        print(f"{RESULTS.name} is left as it is: {', '.join(sorted(missing))} is not installed.")
        return
    about = "; ".join(f"{name} {version}" for name, version in _versions())
    text = f"As measured with {about}.\n\n" + "\n".join(table()) + "\n"
    RESULTS.write_text(text, "utf-8")
    print(text)


def table(libraries=tuple(LIBRARIES)):
    """Yield the lines of both tables, with the rows of these libraries."""
    yield (
        "| quantity | library | call | unit | two rows | counts (3, 1) | sum of 1.1 | "
        "negative entry | NaN | $p > 0$ where $q = 0$ |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for quantity, library, call, function in _measures():
        if library in libraries:
            cells = _measured(quantity, function, MEASURES[quantity])
            yield f"| {quantity} | {LIBRARIES[library]} | `{call}` | {' | '.join(cells)} |"
    yield ""
    yield "| loss | library | call | three examples | label that is no class | NaN | label given 0 |"
    yield "|---|---|---|---|---|---|---|"
    for kind, library, call, function in _losses():
        if library in libraries:
            _, three, *bad = LOSSES[kind]
            cells = [_reduction(function, three), *(_answer(function, args) for args in bad)]
            yield f"| {kind} | {LIBRARIES[library]} | `{call}` | {' | '.join(cells)} |"


# --- the calls -----------------------------------------------------------------------------


def _measures():
    """Yield (quantity, library, how it is called, function of arrays)."""
    for quantity, calls in {
        "entropy": _entropies,
        "KL divergence": _kl_divergences,
        "Jensen–Shannon": _js_divergences,
        "cross-entropy": _cross_entropies,
        "mutual information": _mutual_informations,
    }.items():
        for library, call, function in calls():
            yield quantity, library, call, function


def _entropies():
    yield "itlib", "entropy(p)", itlib.entropy
    if stats := module_or_none("scipy.stats"):
        yield "scipy", "stats.entropy(p)", stats.entropy
        yield "scipy", "special.entr(p)", module_or_none("scipy.special").entr
    if torch := module_or_none("torch"):
        yield "torch", "special.entr(p)", lambda p: torch.special.entr(_tensor(torch, p))
        yield "torch", "Categorical(p).entropy()", lambda p: _categorical(torch, p).entropy()
    if dit := module_or_none("dit"):
        yield "dit", "shannon.entropy(d)", lambda p: dit.shannon.entropy(_dit(dit, p))


def _kl_divergences():
    yield "itlib", "kl_divergence(p, q)", itlib.kl_divergence
    if stats := module_or_none("scipy.stats"):
        special = module_or_none("scipy.special")
        yield "scipy", "stats.entropy(p, q)", stats.entropy
        yield "scipy", "special.rel_entr(p, q)", special.rel_entr
        yield "scipy", "special.kl_div(p, q)", special.kl_div
    if torch := module_or_none("torch"):
        for option in ("", ', reduction="sum"'):
            function = partial(
                torch.nn.functional.kl_div, **({"reduction": "sum"} if option else {})
            )
            yield (
                "torch",
                f"functional.kl_div(q.log(), p{option})",
                lambda p, q, f=function: f(_tensor(torch, q).log(), _tensor(torch, p)),
            )
        yield (
            "torch",
            "distributions.kl_divergence(P, Q)",
            lambda p, q: torch.distributions.kl_divergence(
                _categorical(torch, p), _categorical(torch, q)
            ),
        )
    if dit := module_or_none("dit"):
        kl = dit.divergences.kullback_leibler_divergence
        yield (
            "dit",
            "divergences.kullback_leibler_divergence(d, e)",
            lambda p, q: kl(_dit(dit, p), _dit(dit, q)),
        )


def _js_divergences():
    yield "itlib", "js_divergence(p, q)", itlib.js_divergence
    if distance := module_or_none("scipy.spatial.distance"):
        yield "scipy", "spatial.distance.jensenshannon(p, q)", distance.jensenshannon
    if dit := module_or_none("dit"):
        js = dit.divergences.jensen_shannon_divergence
        yield (
            "dit",
            "divergences.jensen_shannon_divergence([d, e])",
            lambda p, q: js([_dit(dit, p), _dit(dit, q)]),
        )


def _cross_entropies():
    yield "itlib", "cross_entropy(p, q)", itlib.cross_entropy
    if torch := module_or_none("torch"):
        yield (
            "torch",
            "functional.cross_entropy(q.log(), p)",
            lambda p, q: torch.nn.functional.cross_entropy(
                _tensor(torch, q).log(), _tensor(torch, p)
            ),
        )
    if dit := module_or_none("dit"):
        yield (
            "dit",
            "divergences.cross_entropy(d, e)",
            lambda p, q: dit.divergences.cross_entropy(_dit(dit, p), _dit(dit, q)),
        )


def _mutual_informations():
    yield "itlib", "mutual_information(p_xy)", itlib.mutual_information
    if metrics := module_or_none("sklearn.metrics"):
        yield (
            "sklearn",
            "metrics.mutual_info_score(None, None, contingency=n)",
            lambda table: metrics.mutual_info_score(None, None, contingency=np.array(table)),
        )
    if dit := module_or_none("dit"):
        yield (
            "dit",
            'shannon.mutual_information(d, "X", "Y")',
            lambda table: dit.shannon.mutual_information(_dit(dit, table, axes=2), [0], [1]),
        )


def _tensor(torch, p):
    return torch.tensor(p, dtype=torch.float64)


def _categorical(torch, p):
    return torch.distributions.Categorical(probs=_tensor(torch, p))


def _dit(dit, table, axes=1):
    """Return the distribution of dit that has these probabilities, over one variable or two."""
    table = np.array(table, dtype=float)
    if table.ndim != axes:
        raise ValueError("dit takes one distribution at a time")
    outcomes = ["".join(map(str, place)) for place in np.ndindex(table.shape)]
    return dit.Distribution(outcomes, table.ravel().tolist())


def _losses():
    """Yield (kind, library, how it is called, function of predictions and labels)."""
    logits, probabilities = "from logits", "from probabilities"
    yield logits, "itlib", "softmax_cross_entropy(z, y)", itlib.softmax_cross_entropy
    if torch := module_or_none("torch"):
        functional, tensor = torch.nn.functional, partial(torch.tensor, dtype=torch.float64)
        yield (
            logits,
            "torch",
            "functional.cross_entropy(z, y)",
            lambda z, y: functional.cross_entropy(tensor(z), torch.tensor(y)),
        )
        yield (
            logits,
            "torch",
            "functional.binary_cross_entropy_with_logits(z, y)",
            lambda z, y: functional.binary_cross_entropy_with_logits(
                tensor(z)[:, 1] - tensor(z)[:, 0], tensor(y)
            ),
        )
    yield (
        logits,
        "itlib",
        "sigmoid_cross_entropy(z, y)",
        lambda z, y: itlib.sigmoid_cross_entropy(np.subtract(*np.transpose(z)[::-1]), y),
    )
    yield (
        probabilities,
        "itlib",
        "binary_cross_entropy(y, p)",
        lambda p, y: itlib.binary_cross_entropy(y, np.array(p)[:, 1]),
    )
    if metrics := module_or_none("sklearn.metrics"):
        yield (
            probabilities,
            "sklearn",
            "metrics.log_loss(y, p)",
            lambda p, y: metrics.log_loss(y, p, labels=[0, 1]),
        )
    if torch:
        yield (
            probabilities,
            "torch",
            "functional.binary_cross_entropy(p, y)",
            lambda p, y: functional.binary_cross_entropy(tensor(p)[:, 1], tensor(y)),
        )
        yield (
            probabilities,
            "torch",
            "functional.nll_loss(p.log(), y)",
            lambda p, y: functional.nll_loss(tensor(p).log(), torch.tensor(y)),
        )


# --- what comes back -----------------------------------------------------------------------


def _measured(quantity, function, cases):
    good, rows, scaled, counts, negative, nan, impossible = cases
    with_counts = _answer(function, counts)
    try:
        right = _total(function, good)
    except ValueError:  # it takes nothing but counts
        right = _total(function, counts)
    if with_counts == _show(right):
        with_counts = "normalised"
    unit = _unit(quantity, right, good)
    bad = [_answer(function, args) if args else "" for args in (scaled, negative, nan, impossible)]
    return [unit, _axis(function, rows), with_counts, *bad]


def _unit(quantity, value, good):
    """Return in which unit a value is, by comparing it with the right one."""
    measure = {
        "entropy": itlib.entropy,
        "KL divergence": itlib.kl_divergence,
        "Jensen–Shannon": itlib.js_divergence,
        "cross-entropy": itlib.cross_entropy,
        "mutual information": itlib.mutual_information,
    }[quantity]
    bits, nats = measure(*good), measure(*good, base=math.e)
    candidates = {
        "bits": bits,
        "nats": nats,
        "√nats": math.sqrt(nats),
        "nats / entries": nats / np.size(good[0]),
    }
    (unit,) = (name for name, right in candidates.items() if math.isclose(value, right))
    return unit


def _axis(function, rows):
    """Return what becomes of two distributions over three outcomes, one per row."""
    if rows is None:
        return ""
    try:
        shape = np.shape(_quietly(function, rows))
    except Exception:
        return "one at a time"
    names = {(2,): "one per row", (3,): "one per column", (): "one in all", (2, 3): "one per entry"}
    return names[shape]


def _reduction(function, three):
    """Return whether three examples give three losses, or which one number."""
    result = np.asarray(_quietly(function, three))
    if result.shape:
        return "each"
    right = itlib.binary_cross_entropy(three[1], 0.75)
    return {True: "mean", False: "sum"}[math.isclose(result, right.mean())]


def _answer(function, args):
    try:
        return _show(_total(function, args))
    except Exception as error:
        return type(error).__name__


def _total(function, args):
    """Return one number; terms per entry are added up."""
    return float(np.sum(np.asarray(_quietly(function, args), dtype=float)))


def _quietly(function, args):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return function(*args)


def _show(value):
    return f"{value + 0.0:.4g}".replace("-", "−")


def _versions():
    for name in PACKAGES:
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass


if __name__ == "__main__":
    main()
