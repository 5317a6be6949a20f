"""A number, or a sign, in Gaussian noise: values, limits, and how slope and error belong together."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itlib.gaussian_channels import awgn_capacity, sign_information, sign_mmse

LN2 = math.log(2)
ratios = st.floats(0, 1e3)


def by_quadrature(snr):
    """Return I(X;Y) in nats and the mmse, with 30 digits, from their definitions."""
    with mpmath.workdps(30):
        s = mpmath.mpf(snr)
        root = mpmath.sqrt(s)
        ends = [-12, -root, 0, 1, 3, 12]

        def mean(f):
            return mpmath.quad(lambda z: mpmath.npdf(z) * f(root * (root + z)), sorted(ends))

        information = mean(lambda a: mpmath.log(2) - mpmath.log1p(mpmath.exp(-2 * a)))
        return float(information), float(mean(lambda a: 1 - mpmath.tanh(a)))


@pytest.mark.parametrize("snr", [0.01, 0.3, 1.0, 1.0000001, 2.5, 4.0, 9.0, 16.0])
def test_both_agree_with_their_definitions(snr):
    information, error = by_quadrature(snr)

    assert information == pytest.approx(sign_information(snr, base=math.e), rel=1e-14, abs=0)
    assert error == pytest.approx(sign_mmse(snr), rel=1e-13, abs=0)


def test_half_a_bit_through_noise_as_strong_as_the_sign():
    assert [0.4859, 0.9128] == sign_information([1, 4]).round(4).tolist()
    assert [0.4496, 0.0686] == sign_mmse([1, 4]).round(4).tolist()


@given(st.floats(0.01, 30))
def test_the_slope_of_the_information_is_half_the_error(snr):
    """dI/dsnr = mmse/2 in nats. Guo, Shamai & Verdú (2005)."""
    step = 1e-4 * snr
    ends = sign_information([snr - step, snr + step], base=math.e)
    slope = float(ends[1] - ends[0]) / (2 * step)

    assert sign_mmse(snr) / 2 == pytest.approx(slope, rel=1e-6, abs=1e-11)


def test_the_area_under_the_error_is_the_whole_bit():
    """∫ mmse/2 = ln 2, by Simpson's rule."""
    grid = np.linspace(0, 80, 16001)
    values = sign_mmse(grid)
    area = (values[0] + 4 * values[1::2].sum() + 2 * values[2:-1:2].sum() + values[-1]) * 5e-3 / 3

    assert LN2 == pytest.approx(area / 2, abs=1e-9)


@given(ratios)
def test_a_sign_carries_no_more_than_any_number_and_no_more_than_a_bit(snr):
    assert 0 <= sign_information(snr) <= min(1, awgn_capacity(snr)) + 1e-16


@given(ratios)
def test_deciding_first_loses(snr):
    """Data processing: a hard decision leaves a binary symmetric channel."""
    flip = math.erfc(math.sqrt(snr / 2)) / 2
    hard = 1 + sum(x * math.log2(x) for x in (flip, 1 - flip) if x)

    assert hard <= sign_information(snr) + 1e-14


@given(st.floats(0, 1e-6))
def test_weak_signs_carry_as_much_as_weak_numbers(snr):
    assert snr / 2 == pytest.approx(sign_information(snr, base=math.e), rel=2e-6, abs=5e-324)


@pytest.mark.parametrize("snr", [1e3, 1e10, 1e308])
def test_strong_signs_carry_a_bit(snr):
    assert (1.0, 0.0) == (sign_information(snr), pytest.approx(sign_mmse(snr), abs=1e-200))


def test_a_real_number_at_a_ratio_of_three_carries_a_bit():
    """Cover & Thomas (2006), section 9.1: C = 1/2 log(1 + P/N)."""
    assert [0, 0.5, 1, 2] == awgn_capacity([0, 1, 3, 15]).tolist()
    assert LN2 == awgn_capacity(3, base=math.e)


@pytest.mark.parametrize("function", [awgn_capacity, sign_information, sign_mmse])
def test_decibels_that_are_negative_are_no_ratio(function):
    with pytest.raises(ValueError, match=r"snr must be non-negative, but snr\[1\] is -1.5"):
        function([1.0, -1.5])
