"""Count the wrong digits, ours and the peers', where they are hardest to get right.

    python -m benchmarks.accuracy

The truth is the exactly normalised distribution that the doubles stand for, at 120 digits.
"""

import mpmath
import numpy as np

import itlib
from benchmarks.measures import module_or_none

KINDS = ("kl", "js", "entropy", "mi")
TITLES = {
    "kl": "D(p‖q), p and q differ by a relative",
    "js": "JS(p, q), p and q differ by a relative",
    "entropy": "H(p), one outcome has all but",
    "mi": "I(X;Y), independent but for a relative",
}


def table():
    """Yield a line for each case: the truth, and what each library is off by."""
    yield "Errors in units of 2⁻⁵² of the result; at most 4 (entropy) or 8 are allowed here."
    yield ""
    yield "| quantity | | truth, nats | itlib | scipy | torch | dit | scikit-learn |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    with mpmath.workdps(120), np.errstate(all="ignore"):
        for kind in KINDS:
            for step in (1e-1, 1e-3, 1e-6, 1e-9, 1e-12):
                truth, results = globals()[f"_{kind}"](step)
                errors = " | ".join(_error(truth, results.get(peer)) for peer in PEERS)
                yield f"| {TITLES[kind]} | {step:g} | {mpmath.nstr(truth, 6)} | {errors} |"


PEERS = ("itlib", "scipy", "torch", "dit", "sklearn")


def _error(truth, result):
    if result is None:
        return ""
    if not np.isfinite(result):
        return "nan"
    ulps = abs(mpmath.mpf(float(result)) - truth) / truth * 2**52
    sign = ", negative" if result < 0 else ", zero" if result == 0 else ""
    return (f"{float(ulps):.1f}" if ulps < 1000 else f"{float(ulps):.0e}") + sign


def _pair(step):
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(10))
    return p, itlib.normalize(p * (1 + step * rng.uniform(-1, 1, 10)))


def _kl(step):
    p, q = _pair(step)
    results = {"itlib": itlib.kl_divergence(p, q, base=np.e)}
    if stats := module_or_none("scipy.stats"):
        results["scipy"] = stats.entropy(p, q)
    if torch := module_or_none("torch"):
        tp, tq = torch.from_numpy(p), torch.from_numpy(q)
        results["torch"] = float(torch.nn.functional.kl_div(tq.log(), tp, reduction="sum"))
    if dit := module_or_none("dit"):
        results["dit"] = _nats(dit.divergences.kullback_leibler_divergence(*_in_dit(dit, p, q)))
    p, q = _exactly(p), _exactly(q)
    return mpmath.fsum(a * mpmath.log(a / b) for a, b in zip(p, q)), results


def _js(step):
    p, q = _pair(step)
    results = {"itlib": itlib.js_divergence(p, q, base=np.e)}
    if distance := module_or_none("scipy.spatial.distance"):
        results["scipy"] = distance.jensenshannon(p, q) ** 2
    if dit := module_or_none("dit"):
        results["dit"] = _nats(dit.divergences.jensen_shannon_divergence(_in_dit(dit, p, q)))
    p, q = _exactly(p), _exactly(q)
    pairs = [(a, (a + b) / 2) for a, b in zip(p, q)] + [(b, (a + b) / 2) for a, b in zip(p, q)]
    return mpmath.fsum(a * mpmath.log(a / m) for a, m in pairs) / 2, results


def _entropy(step):
    p = np.array([1 - step, 0.3 * step, 0.7 * step])
    results = {"itlib": itlib.entropy(p, base=np.e)}
    if stats := module_or_none("scipy.stats"):
        results["scipy"] = stats.entropy(p)
    if torch := module_or_none("torch"):
        results["torch"] = float(torch.special.entr(torch.from_numpy(p)).sum())
    if dit := module_or_none("dit"):
        results["dit"] = _nats(dit.shannon.entropy(*_in_dit(dit, p)))
    return -mpmath.fsum(a * mpmath.log(a) for a in _exactly(p)), results


def _mi(step):
    """A table of counts, so that scikit-learn can measure it as well."""
    n = round(1 / step)
    counts = np.array([[n, n], [n, n + 1]])
    results = {"itlib": itlib.mutual_information(counts / counts.sum(), base=np.e)}
    if metrics := module_or_none("sklearn.metrics"):
        results["sklearn"] = metrics.mutual_info_score(None, None, contingency=counts)
    a, b, _, d = _exactly(counts / counts.sum())
    x, y = (a + b, b + d), (a + b, b + d)
    cells = [(a, x[0] * y[0]), (b, x[0] * y[1]), (b, x[1] * y[0]), (d, x[1] * y[1])]
    return mpmath.fsum(p * mpmath.log(p / q) for p, q in cells), results


def _in_dit(dit, *distributions):
    """Return distributions of dit, which gives names to outcomes and answers in bits."""
    names = [f"{i:02}" for i in range(len(distributions[0]))]
    return [dit.Distribution(names, p.tolist()) for p in distributions]


def _nats(bits):
    return float(bits) * float(np.log(2))


def _exactly(p):
    entries = [mpmath.mpf(float(x)) for x in np.ravel(p)]
    total = mpmath.fsum(entries)
    return [x / total for x in entries]


if __name__ == "__main__":
    print("\n".join(table()))
