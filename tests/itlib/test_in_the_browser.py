"""Right where NumPy's default whole number has 32 bits and floating point raises no flags.

A browser's Python is such a place.  Here it is imitated: what NumPy makes, counts or finds by
default are whole numbers of 32 bits, which wrap around; `bincount` and `repeat` take no wider
ones; nothing warns; and matrices that cannot be factored give NaN instead of an error.
"""

import math

import library
import numpy as np
import pytest
from valid_calls import ALL, call

import itlib
import itlib.gaussian_fits
from itlib import trees


class Narrow(np.ndarray):
    """Whole numbers that stay at 32 bits when they are added up."""

    def _added(self, how, *args, dtype=None, **options):
        narrow = dtype is None and self.dtype.kind in "bi" and self.dtype != np.int64
        added = getattr(np.ndarray, how)(self, *args, dtype=dtype, **options)
        return narrowed(added) if narrow else added

    def sum(self, *args, **options):
        return self._added("sum", *args, **options)

    def cumsum(self, *args, **options):
        return self._added("cumsum", *args, **options)

    def prod(self, *args, **options):
        return self._added("prod", *args, **options)


def narrowed(value):
    """Return what NumPy would make of its own accord: 64 bits become 32, and wrap around."""
    if isinstance(value, tuple):
        return tuple(map(narrowed, value))
    if isinstance(value, np.generic):
        return value.astype(np.int32) if value.dtype == np.int64 else value
    if isinstance(value, np.ndarray) and value.dtype == np.int64:
        return value.astype(np.int32).view(Narrow)
    return value


class NarrowNumPy:
    """NumPy as it is in a browser, as far as its default whole numbers go."""

    intp = np.int32
    # What has a whole number of its own, whatever it is given; and what keeps the type it gets.
    COUNTING = {
        "arange",
        "argmax",
        "argmin",
        "argsort",
        "bincount",
        "count_nonzero",
        "flatnonzero",
        "nonzero",
        "searchsorted",
    }
    SUMMING = {"cumsum", "sum", "prod", "full"}

    def __getattr__(self, name):
        found = getattr(np, name)
        if name in self.COUNTING | self.SUMMING | {"repeat", "unique"}:
            return lambda *args, **options: self._call(name, found, args, options)
        return found

    def _call(self, name, function, args, options):
        if name in ("bincount", "repeat"):
            for value in args[:1] if name == "bincount" else args[1:2]:
                if np.asarray(value).dtype == np.int64:
                    raise TypeError(
                        "Cannot cast array data from int64 to int32, by the rule 'safe'"
                    )
        made = function(*args, **options)
        if name == "unique":  # only the values themselves keep their type
            return (made[0], *narrowed(made[1:])) if isinstance(made, tuple) else made
        if "dtype" in options:
            return made
        wide = name in self.SUMMING and getattr(args[0], "dtype", None) == np.int64
        return made if wide else narrowed(made)


@pytest.fixture
def browser(monkeypatch):
    """Imitate a browser's NumPy in all of the library."""
    for module in library.modules(itlib):
        if hasattr(module, "np"):
            monkeypatch.setattr(module, "np", NarrowNumPy())
    flagless(monkeypatch)


def flagless(monkeypatch):
    """Let what cannot be factored be NaN."""
    for name in ("cholesky", "inv", "solve"):
        monkeypatch.setattr(np.linalg, name, nan_for_an_error(getattr(np.linalg, name)))


def nan_for_an_error(function):
    """Return the function, which answers NaN where it would raise."""

    def quiet(a, *b):
        try:
            return function(a, *b)
        except np.linalg.LinAlgError:
            return np.full(np.shape(b[0] if b else a), math.nan)

    return quiet


@pytest.fixture
def no_flags(monkeypatch):
    flagless(monkeypatch)


N = 200_000
RNG = np.random.default_rng(1)
Y = RNG.integers(0, 2, N)
X = np.where(RNG.random(N) < 0.8, Y, RNG.integers(0, 2, N))
MANY = RNG.permutation(N)


LARGE = {
    "mutual_information_from_samples": lambda: itlib.mutual_information_from_samples(X, Y),
    "mutual_information_of_row_numbers": lambda: itlib.mutual_information_from_samples(MANY, MANY),
    "joint_from_samples": lambda: itlib.joint_from_samples(X, Y),
    "information_gain": lambda: itlib.information_gain(X, Y),
    "information_gain_of_row_numbers": lambda: itlib.information_gain(MANY * 1000, Y),
    "information_gain_of_words": lambda: itlib.information_gain(X.astype(str), Y.astype(str)),
    "gini_decrease": lambda: itlib.gini_decrease(X, Y),
    "gain_ratio": lambda: itlib.gain_ratio(X, Y),
    "best_threshold": lambda: itlib.best_threshold(MANY + 3.0 * N * Y, Y),
    "best_threshold_that_says_little": lambda: itlib.best_threshold(MANY, Y),
    "grow_tree": lambda: str(itlib.grow_tree({"a": Y * 0 + MANY % 3, "b": X}, Y)),
    "miller_madow_entropy": lambda: itlib.miller_madow_entropy([2**31, 2**31, 2**40]),
    "normalize": lambda: itlib.normalize([2**31, 2**40, 1]),
    "fit_ngrams": lambda: itlib.fit_ngrams(MANY[:5000] % 44, 44, context=8)(list(range(8))),
    "ngrams_probabilities": lambda: itlib.fit_ngrams(MANY[:5000] % 44, 44, context=8).probabilities(
        MANY[:500] % 44
    ),
    "arithmetic_code": lambda: itlib.arithmetic_encode([0.75, 0.25], Y[:3000]),
    "knn_mutual_information_discrete": lambda: itlib.knn_mutual_information_discrete(
        MANY[:300] + 0.5 * Y[:300], Y[:300]
    ),
    "knn_mutual_information": lambda: itlib.knn_mutual_information(MANY[:300], MANY[300:600]),
    "kraft_sum": lambda: itlib.kraft_sum(["0" * 40, "1" * 33]),
    "entropy": lambda: itlib.entropy(itlib.normalize(MANY + 1.0)),
    "js_divergence": lambda: itlib.js_divergence(
        np.full(50_000, 2e-5), (np.arange(50_000) == 7) * 1.0
    ),
    "softmax_cross_entropy": lambda: itlib.softmax_cross_entropy(np.ones((N, 2)), Y),
}


@pytest.mark.parametrize("name", LARGE)
def test_whole_numbers_of_32_bits_change_no_result(name, request):
    expected = LARGE[name]()
    request.getfixturevalue("browser")
    found = LARGE[name]()

    assert np.all(expected == found)


def test_the_imitation_would_notice_a_sum_that_wraps_around(browser):
    narrow = trees.np.arange(300_000)

    assert 2050177040 == int(narrow.sum()) == int(trees.np.cumsum(narrow)[-1])
    with pytest.raises(TypeError, match="Cannot cast"):
        trees.np.bincount(np.arange(3, dtype=np.int64))


@pytest.mark.parametrize("name", ALL)
def test_every_function_takes_its_valid_call_in_a_browser(name, request):
    expected = repr(call(name))
    request.getfixturevalue("browser")

    found = call(name)
    assert expected == repr(np.asarray(found) if isinstance(found, Narrow) else found)


NOT_COVARIANCES = [
    [[1.0, 2.0], [2.0, 1.0]],
    [[0.0, 0.0], [0.0, 0.0]],
    [[1.0, 1.0], [1.0, 1.0]],
    [[-1.0, 0.0], [0.0, 1.0]],
]
EYE = np.eye(2)


@pytest.mark.parametrize("cov", NOT_COVARIANCES)
@pytest.mark.parametrize(
    "name, measure",
    [
        ("cov_p", lambda cov: itlib.multivariate_gaussian_kl([0, 0], cov, [0, 0], EYE)),
        ("cov_q", lambda cov: itlib.multivariate_gaussian_kl([0, 0], EYE, [0, 0], cov)),
        ("cov", lambda cov: itlib.gaussian_fits.mahalanobis_reduction([1, 0], cov)),
        (
            "cov",
            lambda cov: itlib.gaussian_fits.planar_mixture_kl([1.0], [[0, 0]], [EYE], [0, 0], cov),
        ),
        ("covs", lambda cov: itlib.gaussian_fits.fit_planar_forward([1.0], [[0, 0]], [cov])),
        ("covs", lambda cov: itlib.gaussian_fits.fit_planar_reverse([1.0], [[0, 0]], [cov])),
    ],
)
def test_a_matrix_that_is_no_covariance_is_refused_without_an_error_of_numpy(
    no_flags, name, measure, cov
):
    with pytest.raises(ValueError, match=rf"{name}.* must be positive definite, .* eigenvalue is"):
        measure(cov)


def test_covariances_too_different_in_size_are_refused_without_an_error_of_numpy(no_flags):
    tiny = np.diag([1e-308, 1e308])
    with pytest.raises(ValueError, match="cov_p and cov_q are too different in size"):
        itlib.multivariate_gaussian_kl([0, 0], EYE * 1e-320, [0, 0], tiny)


def test_the_capacity_of_a_channel_with_equal_inputs_is_found_without_an_error_of_numpy(no_flags):
    rows = [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.25, 0.75], [0.0, 0.25, 0.75]]
    expected, _ = itlib.channel_capacity(rows[::2])
    capacity, p_x = itlib.channel_capacity(rows)

    assert expected == pytest.approx(capacity, rel=1e-9)
    assert np.isfinite(p_x).all()
