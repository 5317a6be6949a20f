"""The one gate: every argument passes here, and leaves as float64 or as an error in words.

A check returns what it accepted, as a float64 (or integer) array, so that it is used in one
line: ``p = probabilities(p, "p", axis)``.  Every message names the argument, the place and the
value.  A wrong type is a `TypeError`, everything else a `ValueError`.
"""

import math
import numbers
import operator

import numpy as np

from itlib._exact import FEW, total

# How far a sum may be from 1.  Below this it is rounding; above, it is a mistake.
TOLERANCE = 1e-9


# --- distributions -------------------------------------------------------------------------


def probabilities(p, name, axis=-1):
    """Return `p` with its distributions along the *last* axis, having been along `axis`.

    Entries must be finite and >= 0 and sum to 1 within 1e-9 (float32: within 16 of its eps).
    """
    p, tolerance = _real(p, name)
    p = _axis_last(p, name, axis)
    # A sum and a minimum see everything: a NaN or an infinity shows in the sum.
    if p.ndim == 1 and p.size <= FEW:
        entries = p.tolist()
        right = min(entries) >= 0 and abs(sum(entries) - 1) <= tolerance
    else:
        with np.errstate(invalid="ignore", over="ignore"):
            sums = total(p)
            off = max(sums.max() - 1, 1 - sums.min())
            right = p.min() >= 0 and off <= tolerance
    if not right:
        _explain_probabilities(p, name, axis, tolerance)
    return p


def distribution_pair(p, q, axis=-1, names=("p", "q")):
    """Return `p` and `q` (distributions on the last axis), over one alphabet, broadcastable."""
    p = probabilities(p, names[0], axis)
    q = probabilities(q, names[1], axis)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError(
            f"{names[0]} and {names[1]} must have as many outcomes as each other, "
            f"got {p.shape[-1]} and {q.shape[-1]} along axis {axis}"
        )
    if p.shape != q.shape:
        broadcastable(**{names[0]: p[..., 0], names[1]: q[..., 0]})
    return p, q


def joint(p_xy, name="p_xy", axes=2):
    """Return a table of joint probabilities: all entries together sum to 1."""
    p_xy, tolerance = _real(p_xy, name)
    _has_axes(p_xy, name, axes, "rows are x, columns are y" if axes == 2 else "x, y and z")
    with np.errstate(invalid="ignore", over="ignore"):
        sum_p = np.add.reduce(p_xy, axis=None)
    if not (p_xy.min() >= 0 and abs(sum_p - 1) <= tolerance):
        _explain_entries(p_xy, name)
        raise ValueError(f"{name} must sum to 1 over all its entries, {_got(sum_p)}")
    return p_xy


def channel(p_y_given_x, name="p_y_given_x"):
    """Return a channel: two axes, row x holds the distribution of y given x."""
    p_y_given_x, _ = _real(p_y_given_x, name)
    _has_axes(p_y_given_x, name, 2, "row x holds the probabilities of y given x")
    return probabilities(p_y_given_x, name)


# --- numbers -------------------------------------------------------------------------------


def finite(x, name):
    """Return `x`, every entry of which must be finite."""
    x, _ = _real(x, name)
    _demand(np.isfinite(x), x, name, "finite")
    return x


def positive(x, name):
    """Return `x`, every entry of which must be finite and > 0."""
    x = finite(x, name)
    _demand(x > 0, x, name, "positive")
    return x


def nonnegative(x, name):
    """Return `x`, every entry of which must be finite and >= 0."""
    x = finite(x, name)
    _demand(x >= 0, x, name, "non-negative")
    return x


def unit(x, name):
    """Return `x`, every entry of which must be in [0, 1]: separate probabilities."""
    x = finite(x, name)
    _demand((x >= 0) & (x <= 1), x, name, "between 0 and 1")
    return x


def scalar(x, name, check=finite):
    """Return `x`, which must be one number, as a Python float, after `check`."""
    x = check(x, name)
    if x.ndim:
        raise ValueError(f"{name} must be one number, got an array of shape {x.shape}")
    return float(x)


def whole(n, name, least=0):
    """Return `n` as an `int`; it must be a whole number, at least `least`."""
    if isinstance(n, (bool, np.bool_)):
        raise TypeError(f"{name} must be a whole number, got {n!r}")
    try:
        n = operator.index(n)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {show(n)}") from None
    if n < least:
        raise ValueError(f"{name} must be at least {least}, got {n}")
    return n


def labels(y, name="labels", k=None):
    """Return `y`, an array of whole numbers, each in 0 ... k - 1 when `k` is given."""
    y = array(y, name)
    if y.dtype.kind not in "iu":
        _not_empty(y, name)
        raise TypeError(f"{name} must hold whole numbers, but {_first(y, name)}")
    _not_empty(y, name)
    if k is not None:
        _demand((y >= 0) & (y < k), y, name, f"in 0 ... {k - 1}")
    return y


# --- options -------------------------------------------------------------------------------


def base_log(base):
    """Return the natural logarithm of `base`, which divides nats into units of that base."""
    if base == 2 and type(base) is int:
        return _LOG_2
    if isinstance(base, (bool, np.bool_)) or not isinstance(base, numbers.Real):
        raise TypeError(f"base must be a number, got {show(base)}")
    if not (0 < base < math.inf) or base == 1:
        raise ValueError(f"base must be positive, finite and not 1, got {base!r}")
    return math.log(base)


_LOG_2 = math.log(2)


def choice(value, name, options):
    """Return `value`, which must be one of the strings `options`."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, got {show(value)}")
    if value not in options:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, options))}, got {value!r}")
    return value


def axis_of(axis, x, name):
    """Return `axis` as an index >= 0 into the shape of the array `x`."""
    if isinstance(axis, (bool, np.bool_)):
        raise TypeError(f"axis must be a whole number, got {axis!r}")
    try:
        axis = operator.index(axis)
    except TypeError:
        raise TypeError(f"axis must be a whole number, got {show(axis)}") from None
    if x.ndim == 0:
        raise ValueError(f"{name} must have at least one axis, got the number {x.item()!r}")
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(f"axis {axis} is out of range: {name} has shape {x.shape}")
    return axis % x.ndim


def broadcastable(**arrays):
    """Return the common shape of the named arrays: ``broadcastable(mu=mu, sigma=sigma)``."""
    try:
        return np.broadcast_shapes(*(x.shape for x in arrays.values()))
    except ValueError:
        shapes = " and ".join(f"{name} of shape {x.shape}" for name, x in arrays.items())
        raise ValueError(f"shapes do not fit together: {shapes}") from None


# --- the way out ---------------------------------------------------------------------------


def result(x):
    """Return a Python float for one number and an ndarray for a batch; -0.0 becomes 0.0."""
    if type(x) is float:
        return x + 0.0
    x = np.asarray(x)
    return x + 0.0 if x.ndim else float(x) + 0.0


# --- reading any array ---------------------------------------------------------------------


def _real(x, name):
    """Return `x` as a non-empty float64 array, and the tolerance its own precision allows."""
    tolerance = TOLERANCE
    if type(x) is not np.ndarray or x.dtype != np.float64:
        x = array(x, name)
        if x.dtype.kind == "O":
            x = _floats_of_objects(x, name)
        if x.dtype.kind not in "fiu":
            _not_empty(x, name)
            raise TypeError(f"{name} must hold real numbers, but {_first(x, name)}")
        if x.dtype.kind == "f":
            tolerance = max(TOLERANCE, 16 * float(np.finfo(x.dtype).eps))
        x = x.astype(np.float64, copy=False)
    _not_empty(x, name)
    return x, tolerance


def array(x, name):
    """Return `x` as an array of whatever it holds; what has no shape is an error."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(f"{name} must not be a masked array: leave out what is masked first")
    try:
        return np.asarray(x)
    except ValueError:
        raise ValueError(f"{name} must be rectangular: its rows differ in length") from None


def _floats_of_objects(x, name):
    """Convert an object array whose entries are real numbers, such as fractions."""
    for place, value in np.ndenumerate(x):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            raise TypeError(f"{_at(name, place)} must be a real number, got {show(value)}")
    try:
        return x.astype(np.float64)
    except OverflowError:
        raise ValueError(f"{name} holds a number too large for a float") from None


def _axis_last(p, name, axis):
    if axis == -1 and type(axis) is int and p.ndim:
        return p
    return np.moveaxis(p, axis_of(axis, p, name), -1)


def _not_empty(x, name):
    if x.size == 0:
        raise ValueError(f"{name} is empty: its shape is {x.shape}")


def _has_axes(x, name, axes, meaning):
    if x.ndim != axes:
        raise ValueError(f"{name} must have {axes} axes ({meaning}), got shape {x.shape}")


# --- saying what is wrong ------------------------------------------------------------------


def _demand(right, x, name, meaning):
    """Raise for the first entry of `x` where `right` is false."""
    if not np.all(right):
        place = np.unravel_index(np.argmin(right), x.shape)
        raise ValueError(f"{name} must be {meaning}, but {_at(name, place)} is {x[place].item()!r}")


def _explain_entries(p, name, axis=-1):
    """Raise for the first entry that is not finite or negative, at its place before moving."""
    p = np.moveaxis(p, -1, axis)
    _demand(np.isfinite(p), p, name, "finite")
    _demand(p >= 0, p, name, "non-negative")


def _explain_probabilities(p, name, axis, tolerance):
    _explain_entries(p, name, axis)
    with np.errstate(over="ignore"):
        sums = total(p)
    wrong = ~(np.abs(sums - 1) <= tolerance)
    place = np.unravel_index(np.argmax(wrong), np.shape(sums))
    if place:  # name the slice as it is indexed: p[3, :]
        index = [str(int(i)) for i in place]
        index.insert(axis % p.ndim, ":")
        name = f"{name}[{', '.join(index)}]"
    raise ValueError(f"{name} must sum to 1 along axis {axis}, {_got(sums[place])}")


def _got(total):
    return f"got {float(total):.12g}; normalize() turns counts into probabilities"


def _at(name, place):
    return f"{name}[{', '.join(str(int(i)) for i in place)}]" if place else name


def _first(x, name):
    """Say what the first entry is, where all entries are of one wrong type."""
    place = (0,) * x.ndim
    return f"{_at(name, place)} is {show(x[place])}"


def show(value):
    """Show a value and its type, shortly: a message must stay one line."""
    shown = repr(value.item() if isinstance(value, np.generic) else value)
    shown = shown if len(shown) <= 40 else shown[:37] + "..."
    return f"{' '.join(shown.split())} ({type(value).__name__})"


# --- Gaussians and their mixtures ----------------------------------------------------------


def vector(x, name, check=finite):
    """Return `x`, which must have one axis, after `check`."""
    x = check(x, name)
    if x.ndim != 1:
        raise ValueError(f"{name} must have one axis, got shape {x.shape}")
    return x


def covariance(cov, name):
    """Return `cov`, which must be square, symmetric and positive definite."""
    cov = finite(cov, name)
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
        raise ValueError(f"{name} must be a square matrix, got shape {cov.shape}")
    uneven = np.abs(cov - cov.T) > TOLERANCE * np.abs(cov).max()
    if uneven.any():
        i, j = (int(n) for n in np.unravel_index(np.argmax(uneven), cov.shape))
        raise ValueError(
            f"{name} must be symmetric, but {name}[{i}, {j}] is {cov[i, j].item()!r} "
            f"and {name}[{j}, {i}] is {cov[j, i].item()!r}"
        )
    try:
        np.linalg.cholesky(cov)
    except np.linalg.LinAlgError:
        least = np.linalg.eigvalsh(cov)[0]
        raise ValueError(
            f"{name} must be positive definite, but its least eigenvalue is {least:.3g}"
        ) from None
    return cov


def moments(mean, cov, names=("mean", "cov")):
    """Return the mean vector and the covariance matrix of one Gaussian, which must fit."""
    mean, cov = vector(mean, names[0]), covariance(cov, names[1])
    if len(mean) != len(cov):
        raise ValueError(
            f"{names[0]} has {len(mean)} entries, but {names[1]} has shape {cov.shape}"
        )
    return mean, cov


def mixture(weights, means, sigmas):
    """Return the three vectors of a mixture of Gaussians, of one length."""
    weights = vector(weights, "weights", probabilities)
    means, sigmas = vector(means, "means"), vector(sigmas, "sigmas", positive)
    if not len(weights) == len(means) == len(sigmas):
        raise ValueError(
            "weights, means and sigmas must be equally long, "
            f"got {len(weights)}, {len(means)} and {len(sigmas)} entries"
        )
    return weights, means, sigmas


def plane(mean, name):
    """Return `mean`, which must have the two coordinates of a point in the plane."""
    if mean.shape[-1] != 2:
        raise ValueError(f"{name} must have 2 coordinates, got shape {mean.shape}")
    return mean


def planar_mixture(weights, means, covs):
    """Return weights (k,), means (k, 2) and covariances (k, 2, 2) of a mixture in the plane."""
    weights = vector(weights, "weights", probabilities)
    means, covs = finite(means, "means"), finite(covs, "covs")
    k = len(weights)
    for x, name, shape in ((means, "means", (k, 2)), (covs, "covs", (k, 2, 2))):
        if x.shape != shape:
            raise ValueError(f"{name} must have shape {shape} for {k} weights, got {x.shape}")
    for i, cov in enumerate(covs):
        covariance(cov, f"covs[{i}]")
    return weights, means, covs
