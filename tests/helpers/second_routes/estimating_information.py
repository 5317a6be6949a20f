"""Estimating information: entropies of SciPy's, sums and harmonic numbers, never itlib."""

import math
from collections import Counter
from functools import lru_cache

import numpy as np
from scipy import special, stats
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris

from itlib_book.estimating_information import demos


def _shared(table):
    """I(X;Y) in bits: half of the likelihood-ratio statistic of independence, per sample."""
    table = np.asarray(table, float)
    statistic = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    return statistic / (2 * table.sum()) / math.log(2)


def _bits(nats):
    return nats / math.log(2)


def _dice(faces=8, n=400):
    return _bits(stats.chi2((faces - 1) * (faces - 1)).mean() / (2 * n))


def _customers(n=1000, towns=20, products=5, plug=0.08):
    return plug - _bits(stats.chi2((towns - 1) * (products - 1)).mean() / (2 * n))


def _miller(treated=12, others=5):
    return _shared([[treated, 20 - treated], [others, 20 - others]]) - _bits(1 / 80)


def _alone(rows=5, columns=5, empty=5, n=60, plug=0.34):
    """Three corrections, one for each entropy."""
    seen = rows * columns - empty
    return plug - _bits(((seen - 1) - (rows - 1) - (columns - 1)) / (2 * n))


def _psi(m):
    """The digamma function of a whole number, by harmonic sums."""
    return math.fsum(1 / i for i in range(1, m)) - np.euler_gamma


def _nearest(n=1000, k=4, inside=49):
    return _bits(_psi(k) + _psi(n) - 2 * _psi(inside + 1))


def _redundant(a=0.99, b=0.99, m=3):
    return a + b - stats.entropy(np.ones(m))


def _vmeasure(second=46, third=28):
    table = np.array([[50, 0, 0], [0, second, 50 - second], [0, 50 - third, third]])
    h = [stats.entropy(table.sum(axis=axis), base=2) for axis in (0, 1)]
    return _shared(table) / np.mean(h)


def _bound(error=0.1, belief=0.2):
    """The information, less the divergence of the guesser from the posterior."""
    true, guessed = [1 - error, error], [1 - belief, belief]
    return 1 - stats.entropy(true, base=2) - stats.entropy(true, guessed, base=2)


def _adjusted(shared=0.9, h_y=1.3, h_c=1.9, expected=0.1):
    return 2 * (shared - expected) / (h_y + h_c - 2 * expected)


ANSWERS = {
    "est-dice": _dice,
    "est-share": lambda score=0.25, m=3: 100 * score / stats.entropy(np.ones(m)),
    "est-customers": _customers,
    "est-miller": _miller,
    "est-miller-last-step": lambda: _shared([[9, 3, 0], [2, 4, 6]]) - _bits(1 / 48),
    "est-miller-alone": _alone,
    "est-copied": lambda: 0.5 * 0 + 0.5 * 1,
    "est-nearest": _nearest,
    "est-redundant": _redundant,
    "est-vmeasure": _vmeasure,
    "est-bound": _bound,
    "est-adjusted": _adjusted,
    "est-contrastive": lambda number=256, loss=1.2: math.log2(number * math.exp(-loss)),
    "est-grows": lambda few=200, many=1000: _bits(math.fsum(1 / i for i in range(few, many))),
}


@lru_cache
def _estimates(pair, n, bins, k):
    rho, bins, k = demos.CORRELATIONS[pair], int(bins), int(k)
    truth = -math.log2(1 - rho * rho) / 2
    found = {"plug_in": [], "corrected": [], "neighbours": []}
    for x, y in demos.samples(pair, n):
        a, b = (((stats.rankdata(v) - 1) * bins // n).astype(int) for v in (x, y))
        plug = counted(a, b)
        seen = [len(set(column)) for column in (a, b, zip(a, b))]
        found["plug_in"].append(plug)
        found["corrected"].append(plug + _bits((seen[0] + seen[1] - seen[2] - 1) / (2 * n)))
        dx, dy = (np.abs(v[:, None] - v) for v in (x, y))
        reach = np.sort(np.maximum(dx, dy), axis=1)[:, k, None]
        near = special.digamma((dx < reach).sum(1)) + special.digamma((dy < reach).sum(1))
        found["neighbours"].append(_bits(special.digamma(k) + special.digamma(n) - near.mean()))
    shown = {"truth": truth, "prediction": _bits((bins - 1) ** 2 / (2 * n))}
    for name, values in found.items():
        shown[f"{name}_error"] = np.mean(values) - truth
        shown[f"{name}_spread"] = np.std(values, ddof=1)
    return shown


def mi_estimators(pair, n, bins, k, **_):
    return dict(_estimates(pair, n, bins, k))


DEMOS = {"mi-estimators": mi_estimators}

# ---- figures ----

IRIS = load_iris()
KINDS = IRIS.target


@lru_cache
def binned(bins):
    """Return the bin of each sepal width: how many of the different quantiles it reaches."""
    width = IRIS.data[:, 1]
    cuts = {float(np.quantile(width, i / bins)) for i in range(1, bins)}
    return np.array([sum(w >= cut for cut in cuts) for w in width])


def counted(a, b):
    """Return the plug-in information in bits of two columns of labels, by scikit-learn."""
    return _bits(metrics.mutual_info_score(a, b))


def spread(things):
    """Return the entropy in bits of how often things occur."""
    counts = Counter(things).values()
    total = sum(counts)
    return math.fsum(n / total * math.log2(total / n) for n in counts)


@lru_cache
def by_chance(bins):
    """Return the plug-in information of 500 shufflings of the species, by three entropies."""
    rng, place = np.random.default_rng(0), binned(bins).tolist()
    alone = spread(place) + spread(KINDS.tolist())
    shuffles = (rng.permutation(KINDS).tolist() for _ in range(500))
    return np.array([alone - spread(zip(place, kinds)) for kinds in shuffles])


def freedom(bins):
    return (len(set(binned(bins))) - 1) * 2


def histogram(place):
    """Return the density of the shufflings in one of thirty bars from 0 to 0.15."""
    found = by_chance(6)
    inside = found[(found >= 0) & (found <= 0.15)]
    return np.count_nonzero(np.floor(inside / 0.005) == place // 0.005) / len(inside) / 0.005


def measured(bins):
    return counted(binned(round(bins)), KINDS)


def shuffled_mean(bins):
    return by_chance(round(bins)).mean()


# ---- nearest neighbours ----


def ross(x, kinds):
    """Return Ross's estimate in nats with three neighbours, from all distances of a column."""
    apart = np.abs(x[:, None] - x)
    sizes = np.bincount(kinds)[kinds]
    same = np.where(kinds[:, None] == kinds, apart, np.inf)
    reach = np.sort(same, axis=1)[:, 3]  # the first is the sample itself
    nearer = np.count_nonzero(apart < reach[:, None], axis=1)  # with the sample itself
    psi = special.digamma
    return psi(len(x)) + psi(3) - np.mean(psi(sizes)) - np.mean(psi(nearer))


@lru_cache
def seeds():
    """Return the estimates of 200 seeds, each of which only adds a jitter that parts equal values."""
    scaled = IRIS.data / IRIS.data.std(axis=0)
    size = 1e-10 * np.maximum(1, np.abs(scaled).mean(axis=0))
    found = []
    for seed in range(200):
        jitter = size * np.random.RandomState(seed).standard_normal(scaled.shape)
        found.append([ross(column, KINDS) for column in (scaled + jitter).T])
    return np.array(found)


@lru_cache
def halves():
    """Return the standard deviation of the estimates of 100 random halves of the flowers."""
    found = []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        half = rng.choice(150, 75, replace=False)
        jittered = IRIS.data + rng.normal(scale=1e-10, size=(150, 4))
        found.append([ross(column, KINDS[half]) for column in jittered[half].T])
    return np.std(found, axis=0, ddof=1)


ORDER = 1, 0, 3, 2  # sepal width, sepal length, petal width, petal length


def score(row):
    return seeds()[:, ORDER[round(row)]].mean()


def one_error(k):
    row, end = divmod(int(k), 2)
    return score(row) + (2 * end - 1) * halves()[ORDER[row]]


def seed_dot(k):
    row, seed = divmod(int(k), 200)
    return seeds()[seed, ORDER[row]]


def nudged(k):
    row, seed = divmod(int(k), 200)
    return row + np.random.default_rng(0).uniform(-0.2, 0.2, 200)[seed]


def petals(first):
    """Return the routes of the scores of both petals, for the seeds that put one of them first."""

    def chosen():
        pairs = seeds()[:, 2:]
        return pairs[(pairs[:, 0] > pairs[:, 1]) == (first == "length")]

    return {
        f"{first} first/dots x": lambda k: chosen()[int(k), 0],
        f"{first} first/dots y": lambda k: chosen()[int(k), 1],
        f"{first} first/dots count": lambda _: len(chosen()),
    }


# ---- clusters ----


@lru_cache
def clusters(how, k):
    if how == "k-means":
        return KMeans(k, n_init=10, random_state=0).fit_predict(IRIS.data)
    return np.random.default_rng(0).permutation([i % k for i in range(150)])


@lru_cache
def adjusted(how, k):
    """Return the information above that of twenty shufflings, as a share of what is above it."""
    rng, found = np.random.default_rng(0), clusters(how, k)
    chance = np.mean([counted(rng.permutation(KINDS), found) for _ in range(20)])
    mean = (counted(KINDS, KINDS) + counted(found, found)) / 2
    return (counted(KINDS, found) - chance) / (mean - chance)


def agreements(how):
    return {
        "q": lambda k: metrics.homogeneity_score(KINDS, clusters(how, round(k))),
        "mix": lambda k: metrics.v_measure_score(KINDS, clusters(how, round(k))),
        "good": lambda k: adjusted(how, round(k)),
    }


# ---- summaries ----

TELLS = np.array([0.05, 0.15, 0.4, 0.6, 0.85, 0.95])
GIVEN = np.array([1 - TELLS, TELLS]).T


@lru_cache
def partitions(n=6):
    """Return all partitions of n values, each as a tuple of group numbers, in order."""
    if n == 1:
        return [(0,)]
    return [(*rest, g) for rest in partitions(n - 1) for g in range(max(rest) + 2)]


def kept(encoder):
    """Return I(X;T) and I(T;Y) in bits of p(t|x), as what the entropies fall by."""
    share = encoder.mean(axis=0)
    y_given_t = (encoder.T @ GIVEN) / 6 / share[:, None]
    of_x = stats.entropy(share, base=2) - stats.entropy(encoder, base=2, axis=1).mean()
    return of_x, 1 - share @ stats.entropy(y_given_t, base=2, axis=1)


def groups(k):
    return np.eye(6)[list(partitions()[int(k)])][:, : max(partitions()[int(k)]) + 1]


@lru_cache
def lowered():
    """Return I(X;T) and I(T;Y) at fifty values of β from 400 down to 1.2, sixty steps at each."""
    encoder, found = np.eye(6), []
    for power in range(50):
        beta = 400 * (1.2 / 400) ** (power / 49)
        for _ in range(60):
            encoder = encoder[:, encoder.mean(axis=0) > 1e-9]
            share = encoder.mean(axis=0)
            y_given_t = encoder.T @ GIVEN / 6 / share[:, None]
            gaps = special.rel_entr(GIVEN[:, None], y_given_t).sum(axis=2)
            encoder = special.softmax(np.log(share) - beta * gaps, axis=1)
        found.append(kept(encoder))
    return found


CODE = np.array([[8, 1, 1, 0], [1, 7, 1, 1], [0, 1, 2, 7]])
TRUE = CODE / CODE.sum(axis=0)


def bound(power):
    """Return I(c;X) less the mean divergence of a posterior's power from the posterior, in bits."""
    q = TRUE**power / (TRUE**power).sum(axis=0)
    return _shared(CODE) - (CODE.sum(axis=0) / 30) @ stats.entropy(TRUE, q, base=2, axis=0)


FIGURES = {
    "est-shuffled": [
        {
            "q/bars": histogram,
            "q/line": lambda x: stats.chi2.pdf(x, freedom(6), scale=1 / (300 * math.log(2))),
            "as measured/line x": lambda _: measured(6),
        },
        {
            "p": measured,
            "q/dots": shuffled_mean,
            "q/line": lambda bins: _bits(freedom(round(bins)) / 300),
            "difference": lambda bins: measured(bins) - shuffled_mean(bins),
        },
    ],
    "est-scores": [
        {
            "p/bars": score,
            "p/dots all x": seed_dot,
            "p/dots all y": nudged,
            "q/line all x": one_error,
            "muted/line x": lambda _: math.log(3),
        },
        petals("length") | petals("width") | {"muted": lambda x: x},
    ],
    "est-clusterings": [agreements("k-means"), agreements("at random")],
    "est-representations": [
        {
            "grey/dots x": lambda k: kept(groups(k))[0],
            "grey/dots y": lambda k: kept(groups(k))[1],
            "grey/dots count": lambda _: len(partitions()),
            "p/line x": lambda k: lowered()[int(k)][0],
            "p/line y": lambda k: lowered()[int(k)][1],
            "I(X;Y)/line": lambda _: kept(np.eye(6))[1],
            "two halves/dots x": lambda _: 1,
            "two halves/dots y": lambda _: kept(np.repeat(np.eye(2), 3, axis=0))[1],
        },
        {
            "H(c)": bound,
            "I(c;X)/line": lambda _: _shared(CODE),
            "true posterior": bound,
            "line": lambda _: 0,
        },
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _over_sizes(name, spreads):
    """Return the sample size ↦ the mean of an estimator and so many standard deviations."""

    def route(x, pair, bins, k):
        found = _estimates(pair, int(x), bins, k)
        return found["truth"] + found[f"{name}_error"] + spreads * found[f"{name}_spread"]

    return route


CURVES = {
    "mi-estimators": {
        f"2 {colour}{number}": _over_sizes(name, spreads)
        for colour, name in (("q", "plug_in"), ("p", "corrected"), ("mix", "neighbours"))
        for number, spreads in (("", 1), (" 1", -1), (" 2", 0))
    },
}
