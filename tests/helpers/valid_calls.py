"""One valid call of every public function of the library, by keyword: here of the front room."""

import calls
import library
import numpy as np

TABLE = [[0.25, 0.25], [0.0, 0.5]]
CUBE = [TABLE, [[0.0, 0.0], [0.0, 0.0]]]
TWO = {"p": [0.25, 0.75], "q": [0.5, 0.5]}
SAMPLES = {"x": ["a", "b", "b"], "y": [1, 0, 0]}
SPLIT = {"feature": [1.0, 2.0, 3.0], "labels": [0, 0, 1]}

NAN, INF = float("nan"), float("inf")

# Of distributions, columns and codes.
DISCRETE = {
    "arithmetic_code_length": {"p": [0.25, 0.75], "message": [0, 1]},
    "arithmetic_decode": {"p": [0.25, 0.75], "bits": "0101", "length": 2},
    "arithmetic_encode": {"p": [0.25, 0.75], "message": [0, 1]},
    "best_threshold": SPLIT,
    "binary_entropy": {"p": [0.25, 0.5]},
    "channel_capacity": {"p_y_given_x": [[0.25, 0.75], [0.5, 0.5]]},
    "co_information": {"p_xyz": CUBE},
    "conditional_entropy": {"p_xy": TABLE},
    "conditional_mutual_information": {"p_xyz": CUBE},
    "cross_entropy": TWO,
    "entropy": {"p": [0.25, 0.75]},
    "expected_length": {"p": [0.25, 0.75], "code": ["0", "1"]},
    "f_divergence": {**TWO, "generator": "kl"},
    "fit_ngrams": {"message": [0, 1, 1], "k": 2, "context": 1},
    "gain_ratio": SPLIT,
    "gini_decrease": SPLIT,
    "gini_impurity": {"p": [0.25, 0.75]},
    "grow_tree": {"table": {"wind": ["weak", "strong"]}, "labels": [0, 1]},
    "huffman_code": {"p": [0.25, 0.75]},
    "information_gain": SPLIT,
    "joint_entropy": {"p_xy": TABLE},
    "joint_from_samples": SAMPLES,
    "js_divergence": TWO,
    "kl_divergence": TWO,
    "kraft_sum": {"code": ["0", "1"]},
    "mutual_information": {"p_xy": TABLE},
    "mutual_information_from_samples": SAMPLES,
    "normalize": {"counts": [1.0, 3.0]},
    "perplexity": TWO,
    "pointwise_mutual_information": {"p_xy": TABLE},
    "self_information": {"p": [0.25, 0.5]},
    "total_variation": TWO,
}

EYE = [[1.0, 0.0], [0.0, 1.0]]
LINE = {"weights": [0.5, 0.5], "means": [-1.0, 1.0], "sigmas": [1.0, 1.0]}
PAIR = {"mean_p": [0.0, 0.0], "cov_p": EYE, "mean_q": [0.0, 0.0], "cov_q": EYE}
LOGITS = {"logits": [[0.0, 1.0], [1.0, 0.0]], "labels": [0, 1]}

# Of densities, samples of continuous variables and losses.
CONTINUOUS = {
    "binary_cross_entropy": {"y": [0.0, 1.0], "p": [0.5, 0.5]},
    "differential_entropy": {"density": np.ones_like, "low": 0.0, "high": 1.0},
    "elbo": {"q_z": [0.5, 0.5], "prior_z": [0.5, 0.5], "likelihood_x_given_z": [0.1, 0.2]},
    "evidence": {"prior_z": [0.5, 0.5], "likelihood_x_given_z": [0.1, 0.2]},
    "fit_gaussian_forward": LINE,
    "fit_gaussian_reverse": LINE,
    "gaussian_elbo": {"x": 0.0, "mu": 0.0, "sigma": 1.0, "noise": 1.0},
    "gaussian_entropy": {"sigma": [1.0, 2.0]},
    "gaussian_kl": {"mu_p": [0.0, 1.0], "sigma_p": 1.0, "mu_q": 0.0, "sigma_q": [1.0, 2.0]},
    "knn_entropy": {"x": [0.0, 1.0, 3.0, 7.0, 8.0]},
    "knn_mutual_information": {"x": [0.0, 1.0, 3.0, 7.0, 8.0], "y": [0.0, 2.0, 3.0, 5.0, 8.0]},
    "knn_mutual_information_discrete": {"x": [0.0, 1.0, 3.0, 7.0, 8.0], "labels": [0, 0, 1, 1, 1]},
    "log_softmax": {"logits": [0.0, 1.0]},
    "miller_madow_entropy": {"counts": [1, 2]},
    "mixture_density": {"x": [0.0, 1.0], **LINE},
    "mixture_gaussian_kl": {**LINE, "mu": [0.0, 1.0], "sigma": 1.0},
    "multivariate_gaussian_kl": PAIR,
    "sigmoid": {"z": [0.0, 1.0]},
    "sigmoid_cross_entropy": {"z": [0.0, 1.0], "y": [0.0, 1.0]},
    "sigmoid_cross_entropy_grad": {"z": [0.0, 1.0], "y": [0.0, 1.0]},
    "sigmoid_squared_error": {"z": [0.0, 1.0], "y": [0.0, 1.0]},
    "sigmoid_squared_error_grad": {"z": [0.0, 1.0], "y": [0.0, 1.0]},
    "softmax": {"logits": [0.0, 1.0]},
    "softmax_cross_entropy": LOGITS,
    "softmax_cross_entropy_grad": LOGITS,
    "softmax_cross_entropy_with_grad": LOGITS,
    "standard_normal_kl": {"mu": [0.0, 1.0], "sigma": [1.0, 1.0]},
}

ALL = DISCRETE | CONTINUOUS | calls.VALID


def call(name, **changes):
    """Return what a public function says of its valid call, with some arguments changed."""
    return library.functions()[name](**{**ALL[name], **changes})


def no_numbers(entry, meant=()):
    """Return (value, error): NaN, infinities but those that are meant, and what is no entry."""
    wrong = [("a", TypeError), (None, TypeError), (True, TypeError), ([], (ValueError, TypeError))]
    for value in (NAN, INF, -INF):
        if value not in meant:
            spoilt = np.array(entry, dtype=float)
            spoilt.flat[-1] = value
            wrong.append((spoilt, ValueError))
    return wrong
