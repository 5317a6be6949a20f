"""Data and computations of the chapter estimating information."""

import math
from functools import lru_cache
from itertools import product

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.feature_selection import mutual_info_classif

from itlib import (
    entropy,
    kl_divergence,
    knn_mutual_information_discrete,
    mutual_information,
    mutual_information_from_samples,
    normalize,
)
from itlib_book.shared.demands import MANY, demand_count

IRIS = load_iris()

NAMES = [name.removesuffix(" (cm)") for name in IRIS.feature_names]

SPECIES = IRIS.target

SEPAL_WIDTH = IRIS.data[:, 1]

SEEDS = 200

SHUFFLES = 500


def quantile_bins(x, bins):
    """Return the bin of each value, with cuts at the quantiles; equal values stay together."""
    demand_count(bins, "bins", most=MANY)
    cuts = np.quantile(x, np.arange(1, bins) / bins)
    return np.searchsorted(np.unique(cuts), x, side="right")


@lru_cache
def shuffled(bins):
    """Return the plug-in information in bits of the binned sepal width and shuffled species."""
    rng, x = np.random.default_rng(0), quantile_bins(SEPAL_WIDTH, bins)
    return np.array(
        [mutual_information_from_samples(x, rng.permutation(SPECIES)) for _ in range(SHUFFLES)]
    )


def chance_bias(bins):
    """Return (k − 1)(l − 1) / (2 n ln 2) for the bins of the sepal width and the species."""
    k = len(np.unique(quantile_bins(SEPAL_WIDTH, bins)))
    return (k - 1) * 2 / (2 * len(SPECIES) * math.log(2))


def chi_square_density(x, freedom):
    half = freedom / 2
    return np.exp((half - 1) * np.log(x) - x / 2 - half * math.log(2) - math.lgamma(half))


@lru_cache
def seed_scores(seeds=SEEDS):
    """Return scikit-learn's scores of the four measurements in nats, one row for each seed."""
    demand_count(seeds, "seeds", most=10_000)
    return np.array(
        [mutual_info_classif(IRIS.data, SPECIES, random_state=seed) for seed in range(seeds)]
    )


@lru_cache
def half_scores():
    """Return the scores in nats of random halves of the flowers, one row for each half."""
    return np.array([_half(np.random.default_rng(seed)) for seed in range(100)])


def _half(rng):
    chosen = rng.choice(len(SPECIES), len(SPECIES) // 2, replace=False)
    jitter = rng.normal(scale=1e-10, size=IRIS.data.shape)
    return [
        knn_mutual_information_discrete(x[chosen], SPECIES[chosen], base=math.e)
        for x in (IRIS.data + jitter).T
    ]


@lru_cache
def k_means(clusters):
    """Return the clusters that k-means finds in the four measurements."""
    demand_count(clusters, "clusters", most=len(IRIS.data))
    return KMeans(clusters, n_init=10, random_state=0).fit_predict(IRIS.data)


def at_random(clusters):
    """Return the clusters of a grouping that never looks at the flowers."""
    demand_count(clusters, "clusters")
    return np.random.default_rng(0).permutation(np.arange(len(SPECIES)) % clusters)


def agreement(clusters):
    """Return homogeneity, V-measure, and the information adjusted for chance."""
    counts = (np.bincount(column) for column in (SPECIES, clusters))
    h_species, h_clusters = (entropy(normalize(count)) for count in counts)
    shared = mutual_information_from_samples(SPECIES, clusters)
    rng = np.random.default_rng(0)
    chance = np.mean(
        [mutual_information_from_samples(rng.permutation(SPECIES), clusters) for _ in range(20)]
    )
    mean = (h_species + h_clusters) / 2
    return shared / h_species, shared / mean, (shared - chance) / (mean - chance)


BELIEFS = np.array([0.05, 0.15, 0.4, 0.6, 0.85, 0.95])  # P(Y = 1) for each of six values of X

JOINT = np.stack([1 - BELIEFS, BELIEFS], axis=1) / len(BELIEFS)


def information_of(encoder):
    """Return I(X;T) and I(T;Y) in bits of a summary p(t|x), a row for each x."""
    return (mutual_information(encoder / len(BELIEFS)), mutual_information(encoder.T @ JOINT))


def groupings():
    """Return every way to sort the values of X into groups, as tuples of group numbers."""
    return [
        labels
        for labels in product(range(len(BELIEFS)), repeat=len(BELIEFS))
        if all(label <= max((-1, *labels[:i])) + 1 for i, label in enumerate(labels))
    ]


def hard(labels):
    """Return the encoder that puts each value of X into its group."""
    return np.eye(max(labels) + 1)[list(labels)]


def soft_encoder(beta, encoder):
    """Return p(t|x) after sixty rounds of the equations of the bottleneck at one β."""
    p_y_given_x = JOINT * len(BELIEFS)
    for _ in range(60):
        p_t = encoder.mean(axis=0)
        encoder, p_t = encoder[:, p_t > 1e-9], p_t[p_t > 1e-9]
        p_y_given_t = normalize(encoder.T @ JOINT)
        gaps = kl_divergence(p_y_given_x[:, None], p_y_given_t, base=math.e)
        weights = p_t * np.exp(-beta * (gaps - gaps.min(axis=1, keepdims=True)))
        encoder = normalize(weights)
    return encoder


@lru_cache
def bottleneck_curve():
    """Return I(X;T) and I(T;Y) along the curve, by lowering β from the finest summary."""
    encoder, found = np.eye(len(BELIEFS)), []
    for beta in np.geomspace(400, 1.2, 50):
        encoder = soft_encoder(beta, encoder)
        found.append(information_of(encoder))
    return np.array(found).T


# Rows: three values of a code, equally frequent. Columns: four kinds of output.
CODE_JOINT = np.array([[0.8, 0.1, 0.1, 0.0], [0.1, 0.7, 0.1, 0.1], [0.0, 0.1, 0.2, 0.7]]) / 3


def posterior_to_the(power):
    """Return the true p(c|x), raised to a power and normalised again: a column for each x."""
    return normalize(normalize(CODE_JOINT, axis=0) ** power, axis=0)


def code_bound(q):
    """Return H(c) + E log q(c|X) in bits."""
    some = CODE_JOINT > 0
    return entropy(CODE_JOINT.sum(axis=1)) + np.sum(CODE_JOINT[some] * np.log2(q[some]))
