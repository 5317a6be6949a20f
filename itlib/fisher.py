"""Fisher information: how far apart neighbouring distributions are, and steps measured by it."""

from __future__ import annotations

import math

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Result
from itlib.losses import sigmoid, softmax

_ROUNDING = 1e-9  # of a matrix with ones on its diagonal: an eigenvalue that may be 0


def fisher_information(p: ArrayLike, dp: ArrayLike, *, axis: int = -1) -> Result:
    """Return the Fisher information about the parameters that one outcome of `p` carries.

    F = Σ dp dpᵀ / p, the mean of s sᵀ over the outcomes, where the score s = dp/p is the
    derivative of ln p.  To second order D(p‖p + dp·δ) = ½ δᵀFδ nats.

    Parameters
    ----------
    p : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    dp : array_like, shape (k,) or (..., d, k)
        Derivatives of the probabilities, in one parameter or in each of d.  They sum to 0
        along `axis`.
    axis : int, default -1
        Where the outcomes are, in both.

    Returns
    -------
    float or ndarray, shape (..., d, d)
        For each distribution in `p` a number, if `dp` has shape (k,), else a matrix: symmetric,
        with no negative eigenvalue.
        The unit is nats, divided by those of two parameters.  Infinite where an outcome of
        probability 0 is about to appear, p = 0 and dp ≠ 0.

    Raises
    ------
    ValueError
        If an entry of `p` is negative or not finite, a slice does not sum to 1, an entry of `dp`
        is not finite, a slice of it does not sum to 0, shapes do not fit, or two outcomes of
        probability 0 make an entry ∞ − ∞.

    See Also
    --------
    fisher_rao_distance : The length of the shortest way from one distribution to another.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., chapter 11.

    Examples
    --------
    A toss of a coin with P(heads) = 0.3 tells 1/(p(1−p)) about p:

    >>> round(fisher_information([0.3, 0.7], [1, -1]), 3)
    4.762

    Two parameters of a die with three faces, the probabilities of the first and the second:

    >>> fisher_information([0.25, 0.25, 0.5], [[1, 0, -1], [0, 1, -1]])
    array([[6., 2.],
           [2., 6.]])
    """
    p, dp = _checks.probabilities(p, "p", axis), _checks.changes(dp, "dp", axis)
    _checks.same_outcomes(p, dp, ("p", "dp"), axis)
    rows = dp[None] if dp.ndim == 1 else dp
    _checks.broadcastable(p=p[..., 0], dp=rows[..., 0, 0])
    p = p / np.sum(p, axis=-1, keepdims=True)
    with np.errstate(all="ignore"):
        # Two roots, as dp/p itself may be too large for a double where dp²/p is not.
        scores = np.where(rows == 0, 0.0, rows / np.sqrt(p)[..., None, :])
        information = scores @ np.swapaxes(scores, -1, -2)
        if np.isnan(information).any():  # of ∞·0, which is 0 here, or of ∞ − ∞
            information = _sum_of_products(scores)
    if np.isnan(information).any():
        raise ValueError("dp gives an entry ∞ − ∞: two outcomes of probability 0 in p disagree")
    return _checks.result(information[..., 0, 0] if dp.ndim == 1 else information)


def _sum_of_products(rows: FloatArray) -> FloatArray:
    """Return R Rᵀ where 0·∞ is 0."""
    left, right = rows[..., :, None, :], rows[..., None, :, :]
    return np.where((left == 0) | (right == 0), 0.0, left * right).sum(axis=-1)


def fisher_rao_distance(p: ArrayLike, q: ArrayLike, *, axis: int = -1) -> Result:
    """Return the length of the shortest way from `p` to `q`, measured by Fisher information.

    d(p, q) = 2 arccos Σ √(p q).  The roots of probabilities are points of a sphere of radius 1,
    and d is twice the angle between two of them.  The way may lead by every distribution on these
    outcomes; within a smaller family, as the counts of heads in two tosses, it may be longer.

    Parameters
    ----------
    p, q : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    axis : int, default -1

    Returns
    -------
    float or ndarray, shape (...)
        Between 0, for p = q, and π, for `p` and `q` that share no outcome.  A distance:
        symmetric, and the triangle inequality holds.  For neighbours ½ d² is nearly D(p‖q) in nats.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or shapes do not fit.

    References
    ----------
    Rao, Information and the accuracy attainable in the estimation of statistical parameters
    (1945).

    Examples
    --------
    >>> round(fisher_rao_distance([0.1, 0.9], [0.5, 0.5]), 4)
    0.9273
    >>> round(fisher_rao_distance([0.7, 0.2, 0.1], [0.1, 0.3, 0.6]), 4)
    1.4319
    >>> round(fisher_rao_distance([1, 0], [0, 1]), 4)
    3.1416
    """
    p, q = _checks.distribution_pair(p, q, axis)
    # From the chord: the arc cosine of what is nearly 1 would have lost most of its digits.
    return _checks.result(4 * np.arcsin(_exact.chord(p, q) / 2))


def gaussian_fisher_rao(
    mu_p: ArrayLike, sigma_p: ArrayLike, mu_q: ArrayLike, sigma_q: ArrayLike
) -> Result:
    """Return the length of the shortest way from N(μₚ, σₚ²) to N(μ_q, σ_q²) through Gaussians.

    d = √2 arccosh(1 + [½ (μₚ − μ_q)² + (σₚ − σ_q)²] / (2 σₚ σ_q)): with μ/√2 for the one and σ for
    the other coordinate, Gaussians are the points of a hyperbolic half-plane.

    Parameters
    ----------
    mu_p, sigma_p, mu_q, sigma_q : array_like
        Means and (positive) standard deviations; they broadcast.

    Returns
    -------
    float or ndarray
        At least 0, for equal Gaussians; there is no largest distance.  Between two of equal width
        and different means the way goes by way of wider ones.

    Raises
    ------
    ValueError
        If an entry is not finite, a standard deviation is not positive, or shapes do not fit.

    See Also
    --------
    gaussian_kl : The divergence, which for neighbours is nearly ½ d² nats.

    References
    ----------
    Atkinson & Mitchell, Rao's distance measure (1981).

    Examples
    --------
    >>> round(gaussian_fisher_rao(0, 1, 1, 2), 4)
    1.1894

    Without a difference of means it is √2 times that of the logarithms of the widths:

    >>> round(gaussian_fisher_rao(0, 1, 0, math.e), 4)
    1.4142
    """
    mu_p, mu_q = _checks.finite(mu_p, "mu_p"), _checks.finite(mu_q, "mu_q")
    sigma_p, sigma_q = _checks.positive(sigma_p, "sigma_p"), _checks.positive(sigma_q, "sigma_q")
    _checks.broadcastable(mu_p=mu_p, sigma_p=sigma_p, mu_q=mu_q, sigma_q=sigma_q)
    with np.errstate(all="ignore"):
        unit = np.sqrt(sigma_p) * np.sqrt(sigma_q)
        across = _exact.difference_in_units(mu_p, mu_q, unit) / math.sqrt(2)
        up = _exact.difference_in_units(sigma_p, sigma_q, unit)
        # arccosh(1 + 2r²) = 2 arcsinh(r), in which nothing cancels.
        r = np.hypot(across, up) / 2
        # Where r itself is too large for a double, arcsinh(r) = log(2r).
        half = np.hypot((mu_p / 2 - mu_q / 2) / math.sqrt(2), sigma_p / 2 - sigma_q / 2)
        far = np.log(half) + math.log(2) - (np.log(sigma_p) + np.log(sigma_q)) / 2
        return _checks.result(2 * math.sqrt(2) * np.where(np.isinf(r), far, np.arcsinh(r)))


def natural_gradient(fisher: ArrayLike, gradient: ArrayLike, *, damping: float = 0.0) -> FloatArray:
    """Return F⁻¹g, the direction in which a loss changes most per nat of change.

    With damping λ it is (F + λI)⁻¹ g.  Where F is singular and λ is 0, it is the shortest of the
    vectors v with F v = g.

    Parameters
    ----------
    fisher : array_like, shape (d, d)
        A Fisher information matrix: symmetric, with no negative eigenvalue.
    gradient : array_like, shape (d,)
        The gradient of the loss in the same parameters.
    damping : float, default 0.0
        At least 0.  The larger, the closer the direction is to that of the plain gradient.

    Returns
    -------
    ndarray, shape (d,)
        As a gradient it points uphill: a step of descent subtracts it.

    Raises
    ------
    ValueError
        If an entry is not finite, `fisher` is not symmetric or not positive semidefinite, the
        damping is negative, shapes do not fit, the gradient points in a direction about which
        F says nothing and the damping is 0, or the result is too large for a double.

    References
    ----------
    Amari, Natural gradient works efficiently in learning (1998).

    Examples
    --------
    >>> natural_gradient([[4, 0], [0, 0.25]], [1, 1])
    array([0.25, 4.  ])
    >>> natural_gradient([[4, 0], [0, 0.25]], [1, 1], damping=1).round(3)
    array([0.2, 0.8])
    """
    fisher = _checks.symmetric(fisher, "fisher")
    gradient = _checks.vector(gradient, "gradient")
    damping = _checks.scalar(damping, "damping", _checks.nonnegative)
    if len(fisher) != len(gradient):
        raise ValueError(
            f"gradient has {len(gradient)} entries, but fisher has shape {fisher.shape}"
        )
    _in_own_units(fisher)  # which refuses what is no Fisher information, before it is damped
    with np.errstate(over="ignore"):
        damped = fisher + damping * np.eye(len(fisher))
    if not np.isfinite(damped).all():
        raise ValueError(f"damping {damping:.6g} is too large beside fisher")
    with np.errstate(over="ignore", invalid="ignore"):
        step = _solve_semidefinite(damped, gradient)
    if not np.isfinite(step).all():
        raise ValueError("gradient is too large beside fisher: a step is beyond the largest double")
    return step + 0.0


def _in_own_units(fisher: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return the root of F's diagonal and, in these units, F, its eigenvalues and eigenvectors.

    With ones on the diagonal, parameters of very different size are no trouble.  Refuses an F
    that is not positive semidefinite.
    """
    with np.errstate(all="ignore"):
        root = np.sqrt(np.diag(fisher))
        size = np.where(root > 0, root, 1.0)  # NaN, of a negative entry, becomes 1
        unit = fisher / size / size[:, None]
    if np.diag(fisher).min() >= 0 and np.abs(unit).max() <= 1 + _ROUNDING:
        values, vectors = np.linalg.eigh(unit)
        if values[0] >= -_ROUNDING:
            return size, unit, values, vectors
    least = np.linalg.eigvalsh(fisher)[0]
    raise ValueError(
        f"fisher must be positive semidefinite, but its least eigenvalue is {least:.3g}"
    )


def _solve_semidefinite(fisher: FloatArray, gradient: FloatArray) -> FloatArray:
    """Return the shortest v with F v = g."""
    size, unit, values, vectors = _in_own_units(fisher)
    scaled = gradient / size
    if values[0] > _ROUNDING:
        return np.linalg.solve(unit, scaled) / size
    seen = values > _ROUNDING
    blind = vectors[:, ~seen]
    largest = np.abs(scaled).max()
    if np.abs(blind.T @ scaled).max() > 1e-6 * largest:
        raise ValueError(
            "gradient points in a direction about which fisher says nothing: "
            "no step is the best there; pass a damping above 0"
        )
    step = vectors[:, seen] @ ((vectors[:, seen].T @ scaled) / values[seen]) / size
    free = blind / size[:, None]
    return step - free @ np.linalg.lstsq(free, step, rcond=None)[0]


def softmax_fisher(logits: ArrayLike) -> FloatArray:
    """Return the Fisher information of one label about the logits it is drawn from.

    F = diag(p) − p pᵀ with p = softmax(z).  It is also the Hessian, in the logits, of the
    cross-entropy with any label.

    Parameters
    ----------
    logits : array_like, shape (..., k)
        −inf rules a class out.

    Returns
    -------
    ndarray, shape (..., k, k)
        In nats.  Rows sum to 0, as one number added to all logits changes nothing: a matrix
        of rank k − 1 at most.  Entries keep their digits where p is nearly certain.

    Raises
    ------
    ValueError
        If a logit is NaN or +inf, or all of one example are −inf.

    References
    ----------
    Martens, New insights and perspectives on the natural gradient method (2020).

    Examples
    --------
    >>> softmax_fisher([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(logits)
    k = p.shape[-1]
    products = p[..., :, None] * p[..., None, :]
    products[..., range(k), range(k)] = 0.0
    # p(1 − p) from the other classes: nothing is taken from 1.
    return products.sum(axis=-1)[..., None] * np.eye(k) - products


def logistic_fisher(x: ArrayLike, w: ArrayLike) -> FloatArray:
    """Return the Fisher information about the weights of a logistic regression, per example.

    F = (1/n) Σ σ(xᵢ·w) (1 − σ(xᵢ·w)) xᵢ xᵢᵀ.  Labels do not come in: it is the mean over those
    that the model itself would draw, and the Hessian of the mean cross-entropy.

    Parameters
    ----------
    x : array_like, shape (n, d)
        One example a row; a column of ones stands for a bias.
    w : array_like, shape (d,)
        The weights at which the model stands.

    Returns
    -------
    ndarray, shape (d, d)
        In nats, the mean over the examples.  n times this is what all of them tell.

    Raises
    ------
    ValueError
        If an entry is not finite, shapes do not fit, or products are too large for a double.

    See Also
    --------
    empirical_fisher : The same with the labels of the data, which is something else.

    References
    ----------
    Martens, New insights and perspectives on the natural gradient method (2020).

    Examples
    --------
    >>> x = [[-2], [-1], [0.5], [1], [3]]
    >>> logistic_fisher(x, [0.5]).round(5)
    array([[0.53206]])
    """
    x, w = _matrix(x, "x", "one example a row"), _checks.vector(w, "w")
    if x.shape[1] != len(w):
        raise ValueError(f"w has {len(w)} entries, but x has shape {x.shape}")
    with np.errstate(over="ignore", invalid="ignore"):
        z = x @ w
    if not np.isfinite(z).all():
        raise ValueError("x @ w must be finite: x or w is too large")
    weights = np.sqrt(np.asarray(sigmoid(z))) * np.sqrt(np.asarray(sigmoid(-z)))
    return _second_moment(x * weights[:, None], "x")


def empirical_fisher(gradients: ArrayLike) -> FloatArray:
    """Return the mean of g gᵀ over the gradients of single examples.

    E = (1/n) Σ gᵢ gᵢᵀ.  Where the label of each example was drawn from the model, its mean is
    the Fisher information; with the labels of the data that is certain for a true model only.

    Parameters
    ----------
    gradients : array_like, shape (n, d)
        One row for each example, n at least 2: gradients of single losses, before any average.

    Returns
    -------
    ndarray, shape (d, d)

    Raises
    ------
    ValueError
        If an entry is not finite, `gradients` has not two axes, has one row only, or products
        are too large for a double.

    See Also
    --------
    logistic_fisher : The mean over the labels of the model, without drawing any.

    References
    ----------
    Kunstner, Hennig & Balles, Limitations of the empirical Fisher approximation for natural
    gradient descent (2019).

    Examples
    --------
    Two examples that pull in opposite directions; their average would say nothing:

    >>> empirical_fisher([[1.0, 2.0], [-1.0, -2.0]])
    array([[1., 2.],
           [2., 4.]])
    """
    gradients = _matrix(gradients, "gradients", "one row for each example")
    if len(gradients) == 1:
        raise ValueError(
            "gradients must have a row for each example, got a single row: the square of a mean "
            "gradient is not the mean of the squares"
        )
    return _second_moment(gradients, "gradients")


def _matrix(x: ArrayLike, name: str, meaning: str) -> FloatArray:
    x = _checks.finite(x, name)
    _checks.has_axes(x, name, 2, meaning)
    return x


def _second_moment(rows: FloatArray, name: str) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        moment = rows.T @ rows / len(rows)
    if not np.isfinite(moment).all():
        raise ValueError(f"{name} is too large: its products are beyond the largest double")
    return moment + 0.0
