"""Numbers, integrals and roots in mpmath, to judge the sixteen digits of the library."""

import math

import mpmath

LEAST_NORMAL = 2.0**-1022  # below, a double has fewer digits to get right


def ulps(exact, computed):
    """Return the relative error in units of 2^-52; a false zero, a sign or a NaN is infinitely wrong.

    Of a number below the least normal one only the size and the sign count.
    """
    if exact == computed:
        return 0.0
    if 0 < abs(exact) < LEAST_NORMAL:
        return 0.0 if 0 <= computed * mpmath.sign(exact) <= LEAST_NORMAL else math.inf
    if exact == 0 or computed == 0 or not math.isfinite(computed):
        return math.inf
    return float(abs(mpmath.mpf(float(computed)) - exact) / abs(exact) * 2**52)


def exact(x):
    """Return the decimal number that a double was written as."""
    return mpmath.mpf(str(x))


def lb(x):
    """Return the binary logarithm."""
    return mpmath.ln(x) / mpmath.ln(2)


def normal_mean(f, mu=0, sigma=1, steps=1200):
    """Return E[f(x)], x ~ N(μ, σ²), by the trapezoidal rule in mpmath's working precision."""
    reach = mpmath.sqrt(2 * mpmath.mp.dps * mpmath.log(10)) + 2
    h = 2 * reach / steps
    points = [h * i - reach for i in range(steps + 1)]
    return h * mpmath.fsum(mpmath.npdf(z) * f(mu + sigma * z) for z in points)


def hermite_averages(weight, mu, log_sigma, d, degree):
    """Return E_q[Heₙ(z) log(p/q)] in mpmath's working precision; c₂ is that of log p plus 1."""
    sigma = mpmath.exp(log_sigma)
    digits = mpmath.mp.dps * mpmath.log(10)
    reach = mpmath.sqrt(2 * digits) + 2
    # log p has singularities π/(2dσ) away from the real line, as cosh has zeros.
    distance = min(2, mpmath.pi / (2 * d * sigma))
    steps = int(mpmath.ceil(2 * reach * digits / (2 * mpmath.pi * distance)))
    h, sums = 2 * reach / steps, [mpmath.mpf(0)] * (degree + 1)
    for i in range(steps + 1):
        z = h * i - reach
        x = mu + sigma * z
        low = mpmath.log(weight) - (x + d) ** 2 / 2
        high = mpmath.log(1 - weight) - (x - d) ** 2 / 2
        top = max(low, high)
        log_p = top + mpmath.log1p(mpmath.exp(min(low, high) - top))
        t = h * mpmath.npdf(z) * (log_p + z * z / 2 + log_sigma)
        before, polynomial = mpmath.mpf(0), mpmath.mpf(1)
        for n in range(degree + 1):
            sums[n] += polynomial * t
            before, polynomial = polynomial, z * polynomial - n * before
    return sums


def refine(equations, start):
    """Return the root that Newton's method in 16 digits reaches from `start`, which is near it.

    So near that the slopes at the start serve for every step.
    """
    with mpmath.workdps(16):
        x = mpmath.matrix([mpmath.mpf(float(value)) for value in start])
        slopes = _slopes(equations, x)
        for _ in range(2):
            x -= mpmath.lu_solve(slopes, mpmath.matrix(equations(*x)))
        assert mpmath.norm(mpmath.matrix(equations(*x))) < mpmath.mpf("1e-12")
        return [float(value) for value in x]


def _slopes(equations, x):
    """Return the matrix of the slopes of equations at x, by central differences."""
    n, h = len(x), mpmath.mpf("1e-6")
    jacobian = mpmath.matrix(n, n)
    for j in range(n):
        up, down = x.copy(), x.copy()
        up[j] += h
        down[j] -= h
        above, below = equations(*up), equations(*down)
        for i in range(n):
            jacobian[i, j] = (above[i] - below[i]) / (2 * h)
    return jacobian
