"""What a model pays, in bits that a code could be made of: units, sums, and bounds of diffusion."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Model, Result

_VARIABLES = 18  # of which 2^18 sets are asked, in half a minute


def bits_per_dimension(
    log_density: ArrayLike, dimensions: ArrayLike, *, scale: float = 256
) -> Result:
    """Return what a log-density says in bits per value, for values that come in steps.

    bits = −ln f / (d ln 2) + log₂ scale.  A step of width 1/scale has about the probability
    f/scale; with uniform noise over the steps the mean of this is at least
    the entropy of the data, per value.

    Parameters
    ----------
    log_density : array_like
        ln f of a datum, in nats, all its values together.
    dimensions : array_like
        How many values it has, 3072 for a colour picture of 32 × 32; broadcasts.
    scale : float, default 256
        How many steps fit into one unit of what the density is a density of: 256 where the 256
        values were divided by 256, 128 where they were brought to [−1, 1), 1 where they were
        left as 0 ... 255.

    Returns
    -------
    float or ndarray
        In bits per dimension.  A mean below 0 is a sign that noise was forgotten, or that `scale`
        is wrong, since no code does that; a single datum with noise may be below.

    Raises
    ------
    ValueError
        If the log-density is not finite, a dimension is no positive whole number, `scale` is not
        positive, or shapes do not fit.

    See Also
    --------
    bits_per_byte : For models of text.

    References
    ----------
    Theis, van den Oord & Bethge, A note on the evaluation of generative models (2016).

    Examples
    --------
    Ten thousand nats for a picture whose values were brought to [0, 1), and to [−1, 1):

    >>> round(bits_per_dimension(10_000, 3072), 4)
    3.3037
    >>> round(bits_per_dimension(10_000, 3072, scale=128), 4)
    2.3037
    """
    log_density = _checks.finite(log_density, "log_density")
    dimensions = _counts(dimensions, "dimensions")
    scale = _checks.scalar(scale, "scale", _checks.positive)
    _checks.broadcastable(log_density=log_density, dimensions=dimensions)
    return _per(-log_density, dimensions, "log_density", math.log2(scale))


def bits_per_byte(nats: ArrayLike, n_bytes: ArrayLike) -> Result:
    """Return a loss in bits per byte of the text: nats / (n ln 2).

    Parameters
    ----------
    nats : array_like
        The surprise at the whole text, in nats, summed over all tokens.
    n_bytes : array_like
        How many bytes the text has, as it was before it was cut into tokens; broadcasts.

    Returns
    -------
    float or ndarray

    Raises
    ------
    ValueError
        If `nats` is negative or not finite, a number of bytes is no positive whole number, or
        shapes do not fit.

    See Also
    --------
    checked_predictions : Whether there is a code at all behind a loss.

    References
    ----------
    Gao and others, The Pile: an 800GB dataset of diverse text for language modeling (2020).

    Examples
    --------
    2.4 nats for each of a thousand tokens of 3.2 bytes:

    >>> round(bits_per_byte(2400, 3200), 3)
    1.082
    """
    nats, n_bytes = _checks.nonnegative(nats, "nats"), _counts(n_bytes, "n_bytes")
    _checks.broadcastable(nats=nats, n_bytes=n_bytes)
    return _per(nats, n_bytes, "nats", 0.0)


def _counts(n: ArrayLike, name: str) -> FloatArray:
    return _checks.positive(_checks.whole_numbers(n, name), name)


def _per(nats: FloatArray, n: FloatArray, name: str, offset: float) -> Result:
    with np.errstate(over="ignore"):
        bits = nats / n / math.log(2) + offset
    if not np.isfinite(bits).all():
        raise ValueError(f"{name} is too large: in bits it is beyond the largest double")
    return _checks.result(bits)


def checked_predictions(predict: ArrayLike | Model, message: ArrayLike, k: int) -> float:
    """Return the surprise at a message, having looked at all of every prediction.

    Σ log₂ 1/p(xᵢ).  The score of a message uses one number of each prediction, the probability
    of what came, and cannot tell whether all of them together are 1.  Here all are added up.

    Parameters
    ----------
    predict : array_like, shape (k,), or function
        Probabilities.  A function is a model that predicts: called with the list of the
        outcomes so far, it returns the probabilities of the next one.
    message : sequence of int
        Outcomes 0 ... k - 1.
    k : int
        How many outcomes there are, that is how many probabilities a prediction must have.

    Returns
    -------
    float
        In bits, for the whole message; infinite if something came that had probability 0.

    Raises
    ------
    ValueError
        If a prediction has another length than `k`, an entry that is no probability, or does not
        sum to 1, with its place and sum; if the message is empty or holds another outcome.

    See Also
    --------
    arithmetic_encode : The same model as a code: its file has less than two bits more than this.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 13.3.

    Examples
    --------
    >>> def sticky(past):
    ...     return [0.9, 0.1] if past[-1:] == [0] else [0.1, 0.9]
    >>> round(checked_predictions(sticky, [1, 1, 1, 0], 2), 4)
    3.7779

    A table whose two outcomes share one count, so that each seems to come nine times in ten:

    >>> checked_predictions(lambda past: [0.9, 0.9], [0, 1], 2)
    Traceback (most recent call last):
        ...
    ValueError: predict before message[0] must sum to 1 along axis -1, got 1.8; ...
    """
    k = _checks.whole(k, "k", least=1)
    message = _checks.vector(message, "message", lambda x, name: _checks.labels(x, name, k))
    past: list[int] = []
    surprises: list[float] = []
    for place, outcome in enumerate(message.tolist()):
        p = _checks.distribution(
            predict(past) if callable(predict) else predict, f"predict before message[{place}]"
        )
        if p.size != k:
            raise ValueError(
                f"predict must give k = {_checks.brief(k)} probabilities, but before message[{place}] "
                f"it gives {p.size}"
            )
        share = p[outcome] / p.sum()
        surprises.append(-math.log2(share) if share else math.inf)
        past.append(outcome)
    return math.fsum(surprises) + 0.0


class DiffusionBound(NamedTuple):
    """What `diffusion_bound` returns: the sum of three terms, then the terms.

    All are in the unit of the base.  `prior` is paid for the noisiest level, `denoising` for all
    steps from there to the cleanest, `reconstruction` for the datum behind the cleanest level.
    """

    total: float
    prior: float
    denoising: float
    reconstruction: float


def diffusion_bound(
    snr: ArrayLike,
    mmse: ArrayLike,
    *,
    prior: float,
    reconstruction: float,
    base: float = 2,
) -> DiffusionBound:
    """Return the bound of Gaussian diffusion on the code length of a datum.

    total = prior + ½ Σ (sᵢ₊₁ − sᵢ) mmse(sᵢ) + reconstruction, in nats.  Each step buys the next
    cleaner level with a guess made at the noisier one.

    Parameters
    ----------
    snr : array_like, shape (n,)
        The levels, from the noisiest to the cleanest: power of the signal over that of the noise.
    mmse : array_like, shape (n,)
        The mean squared error with which the datum is guessed at each level, all its dimensions
        together.  That of the cleanest one does not count.
    prior, reconstruction : float
        The other two terms, in the unit of `base`: the mean divergence of the noisiest level
        from what it is drawn from, and the mean surprise at the datum, given the cleanest level.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    DiffusionBound
        (total, prior, denoising, reconstruction).  With the best guesses, and ends as said above,
        the total never falls below the entropy of the datum.  Levels that are added between the
        others then lower it, or leave it as it is where the error is 0 already.

    Raises
    ------
    ValueError
        If levels are not increasing, there are not as many errors, an entry is negative or not
        finite, or the sum is too large for a double.

    See Also
    --------
    sign_mmse : the errors for a fair sign.
    masked_bound : the same for data that are hidden instead of blurred.

    References
    ----------
    Kingma, Salimans, Poole & Ho, Variational diffusion models (2021).

    Examples
    --------
    A fair sign, one bit, by sixteen levels of noise:

    >>> from itlib.gaussian_channels import awgn_capacity, sign_information, sign_mmse
    >>> snr = np.geomspace(0.01, 20, 16)
    >>> bound = diffusion_bound(snr, sign_mmse(snr), prior=awgn_capacity(0.01),
    ...                         reconstruction=1 - sign_information(20))
    >>> [round(bits, 4) for bits in bound]
    [1.3021, 0.0072, 1.2949, 0.0]
    """
    log_base = _checks.base_log(base)
    snr = _checks.vector(snr, "snr", _checks.nonnegative)
    mmse = _checks.vector(mmse, "mmse", _checks.nonnegative)
    in_nats = functools.partial(_checks.information, log_base=log_base)
    prior = _checks.scalar(prior, "prior", in_nats)
    reconstruction = _checks.scalar(reconstruction, "reconstruction", in_nats)
    _checks.equally_long(mmse, snr, ("mmse", "snr"))
    gaps = np.diff(snr)
    if (gaps <= 0).any():
        place = int(np.argmax(gaps <= 0)) + 1
        raise ValueError(
            "snr must increase, from the noisiest level to the cleanest, "
            f"but snr[{place}] is {snr[place].item()!r} after {snr[place - 1].item()!r}"
        )
    with np.errstate(over="ignore"):
        denoising = float(gaps @ mmse[:-1]) / 2
    nats = prior + denoising + reconstruction, prior, denoising, reconstruction
    bound = DiffusionBound(*(_checks.result(term / log_base) for term in nats))
    if not math.isfinite(bound.total):
        raise ValueError("snr times mmse is too large: the bound is beyond the largest double")
    return bound


def masked_bound(p: ArrayLike, steps: int, *, base: float = 2) -> float:
    """Return what masked diffusion pays for a datum whose joint distribution is `p`.

    Everything is hidden at first.  In each of `steps` steps every hidden variable is shown with
    the chance that leaves a share 1 − j/steps hidden after step j; those that are shown together
    are guessed one by one, each from its true distribution given what was visible before.

    Parameters
    ----------
    p : array_like, any shape
        A table of joint probabilities, one axis for each variable.
    steps : int
        At least 1.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        With one step the sum of the entropies of the variables, in the limit of many the joint
        entropy.  More steps never raise it for a table that fits here.  (What is paid for 25
        variables or more may rise, unless the new steps are added between the others.)

    Raises
    ------
    ValueError
        If `p` is no joint distribution, or has more than 18 axes; if `steps` < 1, or too large to
        hold so many numbers.

    See Also
    --------
    diffusion_bound : the same for data that are blurred instead of hidden.

    Notes
    -----
    Exact, by the entropies of all sets of variables, of which there are 2ⁿ for n variables: a
    function for small tables, which takes half a minute for 18 coins.

    References
    ----------
    Sahoo and others, Simple and effective masked diffusion language models (2024).

    Examples
    --------
    Two coins that always agree, 1 bit:

    >>> copies = [[0.5, 0.0], [0.0, 0.5]]
    >>> [masked_bound(copies, steps) for steps in (1, 2, 4)]
    [2.0, 1.5, 1.25]
    """
    log_base = _checks.base_log(base)
    steps = _checks.whole(steps, "steps", least=1)
    axes = _checks.array(p, "p").ndim
    if not 1 <= axes <= _VARIABLES:
        raise ValueError(
            f"p must have an axis for each variable, 1 ... {_VARIABLES} of them, got {axes}"
        )
    p = _checks.joint(p, "p", axes)
    _checks.held(steps * axes, "steps")
    of_size = np.zeros(axes + 1)  # the entropies of all sets of so many variables, in nats
    for size, h in _entropies(p / p.sum(), 0):
        of_size[size] += h
    shown = np.arange(axes)
    # Summed over the sets of visible variables and over what is hidden: H(x | visible).
    guesses = (shown + 1) * of_size[1:] - (axes - shown) * of_size[:-1]
    hidden = (steps - np.arange(steps))[:, None] / steps
    chances = (1 - hidden) ** shown * hidden ** (axes - shown - 1)
    return float(_checks.result((chances @ guesses).sum() / steps / log_base))


def _entropies(p: FloatArray, first: int) -> Iterator[tuple[int, float]]:
    """Yield how many and the entropy, for all sets that lack some of the axes from `first` on."""
    yield p.ndim, float(_exact.entropy(p.ravel())) if p.ndim else 0.0
    for axis in range(first, p.ndim):
        yield from _entropies(p.sum(axis=axis), axis)
