"""Against mpmath at 60 digits, on hard cases, in units of 2^-52 of relative error."""

import math

import mpmath
import numpy as np
import pytest
from precise import ulps

import itlib


@pytest.fixture(autouse=True)
def sixty_digits():
    with mpmath.workdps(60):
        yield


def logit_cases():
    """Logits up to ±1e3: mild, confident and right, confident and wrong, tied, and many."""
    rng = np.random.default_rng(11)
    for i in range(160):
        k = 150 if i % 40 == 0 else int(rng.integers(2, 11))
        z = np.clip(rng.normal(scale=10 ** rng.uniform(-3, 3), size=k), -1e3, 1e3)
        if i % 3 == 0:
            z[rng.integers(k)] = rng.uniform(10, 1000)
        if i % 8 == 0:
            z[:2] = z.max()
        label = int(z.argmax()) if i % 2 else int(rng.integers(k))
        yield z, label


LOGITS = list(logit_cases())


def exponentials(z, temperature=1):
    return [mpmath.exp(mpmath.mpf(float(x)) / mpmath.mpf(float(temperature))) for x in z]


def others(values, i):
    return mpmath.fsum(values[:i] + values[i + 1 :])


def test_softmax_cross_entropy_is_exact_to_four_ulp():
    for z, label in LOGITS:
        e = exponentials(z)
        exact = mpmath.log1p(others(e, label) / e[label])

        assert ulps(exact, itlib.softmax_cross_entropy(z, label)) <= 4, (z, label)


def test_gradient_of_softmax_cross_entropy_is_exact_to_four_ulp():
    for z, label in LOGITS:
        e = exponentials(z)
        gradient = itlib.softmax_cross_entropy_grad(z, label)
        for i, computed in enumerate(gradient):
            exact = (-others(e, i) if i == label else e[i]) / mpmath.fsum(e)

            assert ulps(exact, computed) <= 4, (z, label, i)


@pytest.mark.parametrize("temperature", [1.0, 0.1, 0.7, 3.0])
def test_softmax_and_its_logarithm_are_exact_to_four_ulp(temperature):
    for z, _ in LOGITS[::3]:
        e = exponentials(z, temperature)
        p = itlib.softmax(z, temperature=temperature)
        log_p = itlib.log_softmax(z, temperature=temperature)
        for i in range(len(z)):
            assert ulps(e[i] / mpmath.fsum(e), p[i]) <= 4, (z, i)
            assert ulps(-mpmath.log1p(others(e, i) / e[i]), log_p[i]) <= 4, (z, i)


def test_smoothed_loss_is_exact_to_four_ulp():
    smoothing = mpmath.mpf(0.1)
    for z, label in LOGITS:
        log_sum = mpmath.log(mpmath.fsum(exponentials(z)))
        logits = [mpmath.mpf(float(x)) for x in z]
        mean = mpmath.fsum(logits) / len(z)
        exact = log_sum - (1 - smoothing) * logits[label] - smoothing * mean

        assert ulps(exact, itlib.softmax_cross_entropy(z, label, label_smoothing=0.1)) <= 4


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_losses_of_one_logit_and_their_gradients_are_exact_to_four_ulp(y):
    rng = np.random.default_rng(12)
    sign = 1 if y else -1
    for z in [0.0, 1e-300, *rng.normal(size=100) * 10.0 ** rng.uniform(-20, 2.8, size=100)]:
        wrong = mpmath.exp(-sign * mpmath.mpf(float(z)))
        miss, hit = wrong / (1 + wrong), 1 / (1 + wrong)

        assert ulps(mpmath.log1p(wrong), itlib.sigmoid_cross_entropy(z, y)) <= 4, z
        assert ulps(-sign * miss, itlib.sigmoid_cross_entropy_grad(z, y)) <= 4, z
        assert ulps(miss**2, itlib.sigmoid_squared_error(z, y)) <= 4, z
        exact = -2 * sign * miss**2 * hit
        assert ulps(exact, itlib.sigmoid_squared_error_grad(z, y)) <= 4, z
        assert ulps(hit if y else miss, itlib.sigmoid(z)) <= 4, z


def test_losses_of_soft_targets_are_exact_to_four_ulp():
    rng = np.random.default_rng(13)
    for z, y in zip(rng.normal(size=100) * 10.0 ** rng.uniform(-3, 2.8, size=100), rng.random(100)):
        up, down = mpmath.mpf(float(z)), mpmath.mpf(float(y))
        exact = down * mpmath.log1p(mpmath.exp(-up)) + (1 - down) * mpmath.log1p(mpmath.exp(up))

        assert ulps(exact, itlib.sigmoid_cross_entropy(z, y)) <= 4, (z, y)


def gaussian_cases():
    """Gaussians far apart and nearly equal, down to a relative difference of 1e-16."""
    rng = np.random.default_rng(14)
    for i in range(600):
        mu, sigma = rng.normal(), 10 ** rng.uniform(-3, 3)
        factor = 1 + rng.choice([-1, 1]) * 10 ** rng.uniform(-16, -0.01)
        sigma_q = sigma * (10 ** rng.uniform(-3, 3) if i % 3 == 0 else factor)
        shift = 0.0 if i % 4 == 0 else rng.normal() * sigma * 10 ** rng.uniform(-16, 2)
        yield mu, sigma, mu + shift, sigma_q
    yield 0.0, 1e-300, 0.0, 1.0
    yield 0.0, 1.0, 0.0, np.nextafter(1.0, 2.0)
    yield 1.0, 1.0, np.nextafter(1.0, 2.0), 1.0


def test_kl_of_gaussians_is_exact_to_four_ulp():
    for case in gaussian_cases():
        mu_p, sigma_p, mu_q, sigma_q = (mpmath.mpf(float(x)) for x in case)
        ratio = sigma_p / sigma_q
        exact = (((mu_p - mu_q) / sigma_q) ** 2 + ratio**2 - 1) / 2 - mpmath.log(ratio)

        assert ulps(exact, itlib.gaussian_kl(*case, base=math.e)) <= 4, case


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("condition", [1e0, 1e3, 1e8])
def test_kl_of_gaussians_in_several_dimensions_is_exact_to_64_ulp(near, condition):
    """Also for covariances that are nearly singular, and for nearly equal ones."""
    rng = np.random.default_rng(15)
    for k in (1, 2, 3, 5):
        turn = np.linalg.qr(rng.normal(size=(k, k)))[0]
        cov_q = symmetric((turn * np.geomspace(1, 1 / condition, k)) @ turn.T)
        root = np.linalg.cholesky(cov_q)
        mean_q, shift, noise = rng.normal(size=k), rng.normal(size=k), rng.normal(size=(k, k))
        for step in (1e-13, 1e-8, 1e-2) if near else (1,):
            if near:
                cov_p = symmetric(cov_q + step * root @ (noise + noise.T) @ root.T / 8)
                mean_p = mean_q + step * root @ shift
            else:
                cov_p, mean_p = symmetric(noise @ noise.T + 0.1 * np.eye(k)), shift
            exact = exact_multivariate_kl(mean_p, cov_p, mean_q, cov_q)

            kl = itlib.multivariate_gaussian_kl(mean_p, cov_p, mean_q, cov_q, base=math.e)
            assert ulps(exact, kl) <= 64, (k, step)


def symmetric(matrix):
    return (matrix + matrix.T) / 2


def exact_multivariate_kl(mean_p, cov_p, mean_q, cov_q):
    cov_p, cov_q = mpmath.matrix(cov_p.tolist()), mpmath.matrix(cov_q.tolist())
    gap = mpmath.matrix(mean_p.tolist()) - mpmath.matrix(mean_q.tolist())
    inverse, k = cov_q**-1, len(gap)
    product = inverse * cov_p
    trace = mpmath.fsum(product[i, i] for i in range(k))
    log_det = mpmath.log(mpmath.det(cov_p) / mpmath.det(cov_q))
    return (trace - k - log_det + (gap.T * inverse * gap)[0]) / 2
