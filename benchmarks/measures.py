"""What the measures cost beside scipy, scikit-learn, torch and dit.

Each row is (quantity, size, our call, {peer: its call}, {peer: most that our time may be of its}),
where a limit may also be in "seconds".
Calls validate their input, as they do for readers.  A peer that is not installed is left out.
"""

from functools import partial

import numpy as np

import itlib

BLOCK = 8192


def rows():
    rng = np.random.default_rng(0)
    for n in (1_000_000, 10_000_000):
        yield from _of_one_pair(rng, n)
    yield from _of_rows(rng)
    yield from _of_columns(rng)
    yield from _of_ten_outcomes(rng)


def _of_one_pair(rng, n):
    p, far = itlib.normalize(rng.exponential(size=n)), itlib.normalize(rng.exponential(size=n))
    near = itlib.normalize(p * (1 + 1e-6 * rng.uniform(-1, 1, n)))
    size = f"{n:.0e}".replace("e+0", "e")
    peers = {"np.log in blocks": lambda: _log_in_blocks(p)}
    if special := module_or_none("scipy.special"):
        peers["scipy entr"] = lambda: special.entr(p).sum()
    yield (
        "entropy",
        size,
        lambda: itlib.entropy(p),
        peers,
        {"scipy entr": 0.5, "np.log in blocks": 1.3},
    )
    for kind, q in (("far", far), ("near", near)):
        peers = {}
        if special:
            peers["scipy rel_entr"] = lambda q=q: special.rel_entr(p, q).sum()
        call = partial(itlib.kl_divergence, p, q)
        yield f"KL, {kind}", size, call, peers, {"scipy rel_entr": 0.3}
    if n > 1_000_000:
        return
    peers = {}
    if distance := module_or_none("scipy.spatial.distance"):
        peers["scipy jensenshannon"] = lambda: distance.jensenshannon(p, far)
    yield "JS", size, lambda: itlib.js_divergence(p, far), peers, {"scipy jensenshannon": 0.6}


def _of_rows(rng):
    p, q = rng.dirichlet(np.ones(10), (2, 100_000))
    entropies, divergences = {}, {}
    if special := module_or_none("scipy.special"):
        entropies["scipy entr"] = lambda: special.entr(p).sum(axis=-1)
        divergences["scipy rel_entr"] = lambda: special.rel_entr(p, q).sum(axis=-1)
    if torch := module_or_none("torch"):
        torch.set_num_threads(1)
        tp, tq = torch.from_numpy(p), torch.from_numpy(q)
        entropies["torch entr"] = lambda: torch.special.entr(tp).sum(-1)
        divergences["torch kl_div"] = lambda: torch.nn.functional.kl_div(
            tq.log(), tp, reduction="none"
        ).sum(-1)
    size = "1e5 × 10"
    limits = dict.fromkeys(entropies, 0.6)
    yield "row entropy", size, lambda: itlib.entropy(p), entropies, limits
    limits = dict.fromkeys(divergences, 0.6)
    yield "row KL", size, lambda: itlib.kl_divergence(p, q), divergences, limits


def _of_columns(rng):
    n = 1_000_000
    x, y = rng.integers(10, size=(2, n))
    peers = {}
    if metrics := module_or_none("sklearn.metrics"):
        peers["sklearn"] = lambda: metrics.mutual_info_score(x, y)
    call = partial(itlib.mutual_information_from_samples, x, y)
    yield "MI from labels", "1e6", call, peers, {"sklearn": 0.1}
    tree = module_or_none("sklearn.tree")
    for n in (100_000, 1_000_000):
        table, labels = rng.normal(size=(n, 10)), rng.integers(2, size=n)
        columns = list(np.ascontiguousarray(table.T))
        peers = {}
        if tree:
            stump = tree.DecisionTreeClassifier(max_depth=1, criterion="entropy")
            peers["sklearn"] = partial(stump.fit, table, labels)
        call = partial(_thresholds, columns, labels)
        yield "best threshold", f"{n:.0e} × 10".replace("e+0", "e"), call, peers, {"sklearn": 0.2}


def _of_ten_outcomes(rng):
    p, q = rng.dirichlet(np.ones(10), 2)
    entropies, divergences = {}, {}
    if stats := module_or_none("scipy.stats"):
        entropies["scipy"] = lambda: stats.entropy(p)
        divergences["scipy"] = lambda: stats.entropy(p, q)
    if dit := module_or_none("dit"):
        names = "0123456789"
        dp, dq = (dit.Distribution(list(names), list(one)) for one in (p, q))
        entropies["dit"] = lambda: dit.shannon.entropy(dp)
        divergences["dit"] = lambda: dit.divergences.kullback_leibler_divergence(dp, dq)
    yield "entropy, one call", "10", lambda: itlib.entropy(p), entropies, {"seconds": 10e-6}
    yield "KL, one call", "10", lambda: itlib.kl_divergence(p, q), divergences, {"seconds": 10e-6}


def _thresholds(columns, labels):
    return [itlib.best_threshold(column, labels) for column in columns]


def _log_in_blocks(p):
    out = np.empty(BLOCK)
    for start in range(0, len(p), BLOCK):
        block = p[start : start + BLOCK]
        np.log(block, out=out[: len(block)])


def module_or_none(name):
    """Return a module, or None where it is not installed."""
    try:
        return __import__(name, fromlist=["_"])
    except ImportError:
        return None
