"""Second routes of the chapter on KL divergence."""

import math
import warnings
from functools import lru_cache

import numpy as np
from mpmath import exp, ln, mp, mpf, pi, quad, sqrt
from scipy import integrate, optimize, special, stats
from scipy.spatial.distance import jensenshannon


def waste_of_fair(heads):
    """Return 1 - H(heads) in bits."""
    return 1 + sum(mpf(x) * ln(mpf(x)) / ln(2) for x in (str(heads), 1 - mpf(str(heads))))


def die(six=0.5):
    """Return the divergence of a loaded die from a fair one in bits."""
    six = mpf(str(six))
    return sum(share * ln(6 * share) / ln(2) for share in [six] + 5 * [(1 - six) / 5])


def trough():
    """Return D(p‖q) of two unit bells at ±3 and the Gaussian with their mean and variance."""

    def p(x):
        return (exp(-((x - 3) ** 2) / 2) + exp(-((x + 3) ** 2) / 2)) / (2 * sqrt(2 * pi))

    def q(x):
        return exp(-(x**2) / 20) / sqrt(20 * pi)

    return quad(lambda x: p(x) * ln(p(x) / q(x)), [-14, -6, -3, 0, 3, 6, 14])


ANSWERS = {
    "kl-die": die,
    "kl-gaussians": lambda mu=1.5, s=2: ln(s) + (1 + mpf(mu) ** 2) / (2 * mpf(s) ** 2) - mpf(1) / 2,
    "kl-clipped": lambda n=8: (ln(mpf("0.5")) + ln(mpf("0.5") * mpf(10) ** n)) / 2,
    "kl-moments": lambda w=0.7, d=2: sqrt(1 + d * d * (1 - (2 * mpf(str(w)) - 1) ** 2)),
    "kl-jump": lambda: jump(0.6, 2.4, 2.7),
    "kl-trough": trough,
    "kl-coin-last-step": lambda: waste_of_fair("0.9"),
    "kl-coin-alone": lambda heads=0.85: waste_of_fair(heads),
    "kl-tosses": lambda heads=0.7, bits=10: bits / waste_of_fair(heads),
}


def log_humps(x, gap, weight):
    left, right = math.log(weight) - (x + gap) ** 2 / 2, math.log(1 - weight) - (x - gap) ** 2 / 2
    return np.logaddexp(left, right) - math.log(2 * math.pi) / 2


def divergence(mu, sigma, gap, weight, forward):
    """Return D(p‖q), or D(q‖p), of two humps and a bell in nats, by adaptive quadrature."""

    def integrand(x):
        log_p, log_q = log_humps(x, gap, weight), stats.norm.logpdf(x, mu, sigma)
        return math.exp(log_p) * (log_p - log_q) if forward else math.exp(log_q) * (log_q - log_p)

    reach = 12 if forward else 10 * sigma
    middle = 0 if forward else mu
    return integrate.quad(integrand, middle - reach, middle + reach, limit=400, points=[middle])[0]


LEFT_HUMP = {"alike": 0.5, "left one larger": 0.7}
NODES, MASSES = np.polynomial.legendre.leggauss(400)
NODES, MASSES = 9 * NODES, 9 * MASSES * stats.norm.pdf(9 * NODES)


@lru_cache
def _descended(step, origin, gap, humps):
    """Take the steps again: slopes are differences of values, which Gauss's rule gives."""
    weight = LEFT_HUMP[humps]
    mean = (1 - weight) * gap - weight * gap
    variance = 1 + gap**2 - mean**2

    def reverse(mu, width):
        x = mu + math.exp(width) * NODES
        return -width - MASSES @ log_humps(x, gap, weight)

    def forward(mu, width):
        return width + (variance + (mean - mu) ** 2) / (2 * math.exp(2 * width))

    ends = []
    for value in (forward, reverse):
        mu, width, h = float(origin), math.log(1.6), 1e-5
        for _ in range(5 * round(step)):
            down = (value(mu + h, width) - value(mu - h, width)) / (2 * h)
            narrow = (value(mu, width + h) - value(mu, width - h)) / (2 * h)
            mu, width = mu - 0.1 * math.exp(2 * width) * down, width - 0.05 * narrow
        ends.append((mu, math.exp(width)))
    return ends


def two_fits(step, origin, gap, humps):
    (mu, sigma), (other, width) = _descended(step, origin, gap, humps)
    weight = LEFT_HUMP[humps]
    return {
        "forward_now": divergence(mu, sigma, gap, weight, True),
        "reverse_now": divergence(other, width, gap, weight, False),
        "forward_mean": mu,
        "reverse_mean": other,
    }


def bimodal_kl(d, w, mu, sigma):
    return {
        "forward_kl": divergence(mu, sigma, d, w, True),
        "reverse_kl": divergence(mu, sigma, d, w, False),
    }


def two_gaussians(mu_q, sigma_p, sigma_q, **_):
    x = np.linspace(-60, 60, 60_001)
    log_p, log_q = stats.norm.logpdf(x, 0, sigma_p), stats.norm.logpdf(x, mu_q, sigma_q)
    return {
        "two_forward": integrate.simpson(np.exp(log_p) * (log_p - log_q), x=x),
        "two_reverse": integrate.simpson(np.exp(log_q) * (log_q - log_p), x=x),
    }


@lru_cache
def _planar_fits(d, rho, shape):
    """Integrate over the plane; the reverse fit by a simplex from both kinds of start.

    Return D(p‖q) of the best bell, and (D(q‖p), mean, covariance) of the minima found.
    """
    xs = np.linspace(-12, 12, 161)
    grid = np.stack(np.meshgrid(xs, xs), axis=-1)
    area, cov = (xs[1] - xs[0]) ** 2, np.array([[1, rho], [rho, 1]])
    modes = [stats.multivariate_normal([at, 0], cov).logpdf(grid) for at in (-d, d)]
    log_p = np.logaddexp(*modes) - math.log(2)

    def summed(a, b):
        return float((np.exp(a) * (a - b)).sum() * area)

    spread = cov + np.diag([d * d, 0])
    if shape == "round only":
        spread = np.eye(2) * np.trace(spread) / 2
    forward = summed(log_p, stats.multivariate_normal([0, 0], spread).logpdf(grid))

    def own(t):
        if shape == "round only":
            return np.eye(2) * math.exp(2 * t[2])
        root = np.array([[math.exp(t[2]), 0], [t[3], math.exp(t[4])]])
        return root @ root.T

    def reverse(t):
        return summed(stats.multivariate_normal(t[:2], own(t)).logpdf(grid), log_p)

    size = 3 if shape == "round only" else 5
    found = [
        optimize.minimize(
            reverse,
            start[:size],
            method="Nelder-Mead",
            options={"xatol": 1e-5, "fatol": 1e-8, "maxiter": 900},
        )
        for start in ([d, 0, 0, 0, 0], [0, 0, 0.5, 0, 0])
    ]
    return forward, [(end.fun, end.x[:2], own(end.x)) for end in found]


def bimodal_2d(d, rho, shape, **_):
    forward, minima = _planar_fits(d, rho, shape)
    return {"least_forward": forward, "least_reverse": min(value for value, *_ in minima)}


DEMOS = {
    "two-fits": two_fits,
    "bimodal-kl": bimodal_kl,
    "two-gaussians": two_gaussians,
    "bimodal-2d": bimodal_2d,
}
NATS = set(DEMOS)

# ---- figures ----

LOADED = 0.4, 0.3, 0.2, 0.1


def terms(p, q, colour):
    """Return the routes of what four outcomes add to D(p‖q) in bits: losses, and savings in grey."""
    return {
        colour: lambda k: special.rel_entr(p[round(k)], q[round(k)]) / math.log(2),
        "muted/bars": lambda k: special.rel_entr(p[round(k)], q[round(k)]) / math.log(2),
    }


def coins(p, q):
    return stats.entropy([p, 1 - p], [q, 1 - q], base=2)


def wide_over_narrow(x):
    """Return the integrand of D(N(0, 4)‖N(0, ¼)) in nats, with the log ratio multiplied out."""
    return stats.norm.pdf(x / 2) / 2 * (15 * x * x / 8 - math.log(4))


def filled(inside):
    """Return the upper edge of the integrand's area, on one side of the grid's ends alone."""
    return lambda x: max(wide_over_narrow(x), 0) if (abs(x) < 5) == inside else math.nan


# Every stationary bell of two humps of width 1 at ±d: Newton's steps from many starts. The slope of
# ln p is d tanh(dx + c) - x, whose means over q are sums on an even grid.
EVEN = np.arange(-9, 9.01, 0.025)
EVEN_MASSES = stats.norm.pdf(EVEN) * 0.025


def slopes(mu, width, d, lean):
    """Return gradient and second derivatives of D(q‖p) in mean and log width, for many bells."""
    sigma = np.exp(width)
    bend = np.tanh(d * (mu + sigma * EVEN[:, None]) + lean)
    first = d * bend - (mu + sigma * EVEN[:, None])
    second = d * d * (1 - bend**2) - 1

    def mean(values, power):
        return (EVEN_MASSES * EVEN**power) @ values

    gradient = np.array([-mean(first, 0), -1 - sigma * mean(first, 1)])
    across = -sigma * mean(second, 1)
    down = -sigma * mean(first, 1) - sigma**2 * mean(second, 2)
    return gradient, np.array([[-mean(second, 0), across], [across, down]])


@lru_cache
def stationary(d, weight):
    """Return [(mu, log width, D(q‖p) in nats, whether least)] of all stationary bells, best first."""
    lean = math.log((1 - weight) / weight) / 2
    mu, width = (
        grid.ravel() for grid in np.meshgrid(np.linspace(-d, d, 9), np.linspace(-0.2, 1.4, 5))
    )
    for _ in range(40):
        gradient, hessian = slopes(mu, width, d, lean)
        step = np.linalg.solve(np.moveaxis(hessian, -1, 0), gradient.T[..., None])[..., 0].T
        step /= np.maximum(1, np.abs(step).max(axis=0) / 0.3)
        mu, width = mu - step[0], width - step[1]
        _, once = np.unique(np.round([mu, width], 9), axis=1, return_index=True)
        mu, width = mu[once], width[once]  # starts that have met go on as one
    gradient, hessian = slopes(mu, width, d, lean)
    least = np.linalg.eigvalsh(np.moveaxis(hessian, -1, 0))[:, 0] > 0
    found = {}
    for i in np.flatnonzero(np.abs(gradient).max(axis=0) < 1e-10):
        found[round(mu[i], 6) + 0.0, round(width[i], 6)] = mu[i], width[i], least[i]
    return sorted(
        ((m, w, reverse_cost(m, w, d, weight), kind) for m, w, kind in found.values()),
        key=lambda bell: (round(bell[2], 9), bell[0]),
    )


def reverse_cost(mu, width, d, weight):
    """Return D(q‖p) in nats."""
    log_p = log_humps(mu + np.exp(width) * EVEN, d, weight)
    return -math.log(2 * math.pi * math.e) / 2 - width - EVEN_MASSES @ log_p


SEPARATIONS = [1 + k / 20 for k in range(61)]


@lru_cache
def branches(weight, least):
    """Return (d, mu, D) of all stationary bells that are minima, or are none."""
    return [
        (d, mu, cost)
        for d in SEPARATIONS
        for mu, _, cost, kind in stationary(d, weight)
        if kind == least
    ]


def branch_routes(weight, row):
    """Return the routes of minima (orange) and saddles (grey): the separation, and a row beside it."""
    found = {}
    for colour, least in (("q", True), ("muted", False)):
        for axis, i in (("x", 0), ("y", row)):
            found[f"{colour}/dots {axis}"] = lambda k, least=least, i=i: branches(weight, least)[
                int(k)
            ][i]
        found[f"{colour}/dots count"] = lambda _, least=least: len(branches(weight, least))
    return found


@lru_cache
def fold():
    """Return the separation at which two bells on one hump become one that is flat one way."""

    def flat(values):
        gradient, hessian = slopes(*values[:2, None], values[2], 0.0)
        return [*gradient[:, 0], np.linalg.det(hessian[..., 0])]

    return optimize.root(flat, [1.5, 0.2, 2.0], tol=1e-13).x[2]


@lru_cache
def jump(weight=0.5, low=2.5, high=3.5):
    """Return the separation from which a bell on one hump is better than one over both."""

    def gain(d):
        least = [bell for bell in stationary(d, weight) if bell[3]]
        covering = min(least, key=lambda bell: abs(bell[0]))
        seeking = max(least, key=lambda bell: abs(bell[0]))
        return covering[2] - seeking[2]

    return optimize.brentq(gain, low, high, xtol=1e-13)


@lru_cache
def pitchfork():
    """Return the separation at which a bell of width 1 between the humps is no longer the best."""
    return optimize.brentq(
        lambda d: d * d * EVEN_MASSES @ (1 - np.tanh(d * EVEN) ** 2) - 1, 1.05, 3, xtol=1e-14
    )


@lru_cache
def best_mean(d):
    """Return the best mean of a bell of width 1, in hundredths from 0 to 4."""
    places = np.arange(401) / 100
    log_p = log_humps(places[:, None] + EVEN, d, 0.5)
    return places[np.argmax(log_p @ EVEN_MASSES)]


def forked(k):
    d = SEPARATIONS[int(k) // 2]
    return best_mean(d) * (1 - 2 * (int(k) % 2))


def past_the_fork(k):
    return [d for d in SEPARATIONS if d > pitchfork()][int(k)]


def near(step):
    """Return p and a q that is a step away, as doubles."""
    p = np.array(LOADED)
    return p, p + step * np.array([1 / 3, 1 / 3, -1, 1 / 3])


def exact_pair(step):
    """Return both as what the doubles stand for, scaled to sum to 1 without rounding."""
    return [[mpf(x) / sum(map(mpf, side)) for x in side] for side in near(step)]


def exact_kl(p, q):
    return sum(a * ln(a / b) for a, b in zip(p, q))


def exactly(measure):
    """Return step ↦ measure(p, q) in nats, with sixty digits."""

    def at(step):
        with mp.workdps(60):
            return measure(*exact_pair(step))

    return at


def exact_js(p, q):
    middle = [(a + b) / 2 for a, b in zip(p, q)]
    return (exact_kl(p, middle) + exact_kl(q, middle)) / 2


def quadratic(p, q):
    return sum((a - b) ** 2 / a for a, b in zip(p, q)) / 2


def step_of(k):
    return np.logspace(-12.5, -1.5, 56)[int(k)]


def summed(p, q):
    return np.sum(p * (np.log(p) - np.log(q)))


def by_scipy(p, q):
    return stats.entropy(p, q)


def by_terms(p, q):
    return special.rel_entr(p, q).sum()


def by_distance(p, q):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return jensenshannon(p, q) ** 2


def returned(measure, sign=1):
    """Return step ↦ what a library returns for the doubles, or the size of what is negative."""
    return lambda step: sign * measure(*near(step))


def marked(measure):
    """Return step ↦ the height of the mark for a result that is zero, or else not a number."""

    def height(step):
        found = measure(*near(step))
        return 1e-26 if found == 0 else 1e-28 if math.isnan(found) else math.nan

    return height


def best_fit():
    """Return (mu, sigma) of the better bell on the left hump."""
    mu, width, _, _ = stationary(3.0, 0.5)[0]
    return mu, math.exp(width)


def fitted(mu, sigma):
    """Return the routes of a bell over two humps."""
    return {
        "q/line": lambda x: stats.norm.pdf(x, mu, sigma),
        "q/dots x": lambda k: np.random.default_rng(0).normal(mu, sigma, 300)[int(k)],
        "p/top": lambda x: math.exp(log_humps(x, 3, 0.5)),
    }


FIGURES = {
    "kl-outcome-terms": [terms(LOADED, [0.25] * 4, "p"), terms([0.25] * 4, LOADED, "q")],
    "kl-two-coins": [
        {
            "D(p‖q)": lambda heads: coins(0.75, heads),
            "D(q‖p)": lambda heads: coins(heads, 0.75),
            "ink": lambda heads: coins(0.75, heads),
        }
    ],
    "kl-cut-grid": [
        {
            "q/line": wide_over_narrow,
            "muted/line 1": lambda x: 3 * stats.norm.pdf(x, scale=2),
            "q/top": filled(inside=True),
            "bad/top all": filled(inside=False),
        }
    ],
    "kl-bifurcation": [
        branch_routes(0.5, 1) | {"ink/line all x": lambda k: (fold(), jump())[int(k) // 2]},
        branch_routes(0.5, 2) | {"ln 2": lambda _: math.log(2), "ink/line x": lambda _: jump()},
        branch_routes(0.7, 1),
        {
            "q/dots all x": lambda k: SEPARATIONS[int(k) // 2],
            "q/dots all y": forked,
            "muted/dots all x": past_the_fork,
            "muted/dots all y": lambda _: 0,
            "muted/dots all count": lambda _: sum(d > pitchfork() for d in SEPARATIONS),
            "ink/line x": lambda _: pitchfork(),
        },
    ],
    "kl-near-equality": [
        {
            "p/line": exactly(exact_kl),
            "muted/dots": returned(summed),
            "mix/dots": returned(by_scipy),
            "q/dots": returned(by_terms),
            "bad/dots 0": returned(summed, sign=-1),
            "bad/dots 1": marked(summed),
            "bad/dots 3": returned(by_terms, sign=-1),
        },
        {
            "p/line": exactly(exact_js),
            "q/dots": returned(by_distance),
            "bad/dots 1": marked(by_distance),
        },
        {
            "itlib/dots x": lambda k: exactly(quadratic)(step_of(k)),
            "itlib/dots y": lambda k: exactly(lambda p, q: exact_kl(p, q) / quadratic(p, q))(
                step_of(k)
            ),
            "scipy/dots x": lambda k: exactly(quadratic)(step_of(k)),
            "scipy/dots y": lambda k: (
                returned(by_terms)(step_of(k)) / exactly(quadratic)(step_of(k))
            ),
            "muted": lambda _: 1,
        },
    ],
    "kl-samples": [fitted(0, math.sqrt(10)), fitted(*best_fit())],
}

# ---- curves of demos that no dot ties to a read-out ----


def _bell_after(number):
    return lambda x, step, origin, gap, humps: stats.norm.pdf(
        x, *_descended(step, origin, gap, humps)[number]
    )


def _data(x, gap, humps):
    return math.exp(log_humps(x, gap, LEFT_HUMP[humps]))


def _p(x, d, w):
    return math.exp(log_humps(x, d, w))


def _q(x, mu, sigma):
    return stats.norm.pdf(x, mu, sigma)


LOGS = {
    "p": lambda x, d, w: log_humps(x, d, w),
    "q": lambda x, mu, sigma: stats.norm.logpdf(x, mu, sigma),
}


def _narrow(x, sigma_p):
    return stats.norm.pdf(x, 0, sigma_p)


def _forward_integrand(x, mu_q, sigma_p, sigma_q):
    p, q = stats.norm(0, sigma_p), stats.norm(mu_q, sigma_q)
    return p.pdf(x) * (p.logpdf(x) - q.logpdf(x))


def _reverse_integrand(x, mu_q, sigma_p, sigma_q):
    p, q = stats.norm(0, sigma_p), stats.norm(mu_q, sigma_q)
    return q.pdf(x) * (q.logpdf(x) - p.logpdf(x))


def _off_the_contours(x, y, d, rho):
    """Return how far p is from the nearest of three shares of its peak."""
    shape = stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]])

    def density(x, y):
        return (shape.pdf([x - d, y]) + shape.pdf([x + d, y])) / 2

    peak = max(density(at, rho * (at - d)) for at in np.linspace(0, d, 81))
    return min((density(x, y) / peak - share for share in (0.8, 0.4, 0.1)), key=abs)


def _off_the_covering_bell(x, y, d, rho, shape):
    spread = np.array([[1 + d * d, rho], [rho, 1]])
    if shape == "round only":
        spread = np.eye(2) * spread.trace() / 2
    return _off_one_or_two(np.array([x, y]), spread)


def _off_one_or_two(gap, spread):
    """Return by how much a distance in standard deviations is off 1 or 2, the nearer one."""
    far = math.sqrt(gap @ np.linalg.solve(spread, gap))
    return far - (1 if far < 1.5 else 2)


def _off_all_minima(x, y, d, rho, shape, worse=math.inf):
    """Each minimum has a twin on the other side."""
    _, minima = _planar_fits(d, rho, shape)
    least = min(value for value, *_ in minima)
    return min(
        (
            _off_one_or_two(side * np.array([x, y]) - mean, spread)
            for value, mean, spread in minima
            for side in (1, -1)
            if value <= least + worse
        ),
        key=abs,
    )


def _off_the_best(x, y, d, rho, shape):
    return _off_all_minima(x, y, d, rho, shape, worse=1e-6)


CURVES = {
    "two-fits": {
        "0 muted": _data,
        "0 p": _bell_after(0),
        "1 muted": _data,
        "1 q": _bell_after(1),
    },
    "bimodal-kl": {"0 p": _p, "0 p 1": _p, "0 q": _q}
    | {f"{panel} {name}": LOGS[name] for panel in (1, 2) for name in LOGS},
    "two-gaussians": {
        "0 p": _narrow,
        "0 p 1": _narrow,
        "0 q": lambda x, mu_q, sigma_q: stats.norm.pdf(x, mu_q, sigma_q),
        "1 p": _forward_integrand,
        "1 p 1": _forward_integrand,
        "2 q": _reverse_integrand,
        "2 q 1": _reverse_integrand,
    },
    "bimodal-2d": {
        "0 p": _off_the_contours,
        "0 mix": _off_the_covering_bell,
        "1 p": _off_the_contours,
        "1 q": _off_all_minima,
        "1 q 1": _off_the_best,
    },
}
