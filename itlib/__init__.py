"""Information theory for machine learning, in pure functions of NumPy arrays.

Measures are in bits, unless `base` says otherwise, and losses in nats.  Outcomes stand along the
last axis, or along `axis`; a joint table has rows x and columns y.  `normalize` turns counts into
probabilities.  The modules have more than what is listed here: ``itlib.fisher``, for one.
"""

import importlib
from typing import TYPE_CHECKING

from itlib.channels import Capacity, channel_capacity
from itlib.codes import (
    arithmetic_code_length,
    arithmetic_decode,
    arithmetic_encode,
    expected_length,
    huffman_code,
    kraft_sum,
)
from itlib.divergences import (
    F_GENERATORS,
    cross_entropy,
    f_divergence,
    js_divergence,
    kl_divergence,
    total_variation,
)
from itlib.estimators import (
    differential_entropy,
    knn_entropy,
    knn_mutual_information,
    knn_mutual_information_discrete,
    miller_madow_entropy,
)
from itlib.gaussian_fits.mixtures import (
    GaussianFit,
    fit_gaussian_forward,
    mixture_density,
    mixture_gaussian_kl,
)
from itlib.gaussian_fits.reverse_fits import ReverseFit, fit_gaussian_reverse
from itlib.gaussians import gaussian_entropy, gaussian_kl, multivariate_gaussian_kl
from itlib.joints import (
    co_information,
    conditional_entropy,
    conditional_mutual_information,
    joint_entropy,
    joint_from_samples,
    mutual_information,
    mutual_information_from_samples,
    pointwise_mutual_information,
)
from itlib.losses import (
    LossAndGradient,
    binary_cross_entropy,
    log_softmax,
    sigmoid,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_grad,
    sigmoid_squared_error,
    sigmoid_squared_error_grad,
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
    softmax_cross_entropy_with_grad,
)
from itlib.ngrams import NGrams, fit_ngrams
from itlib.shannon import binary_entropy, entropy, normalize, perplexity, self_information
from itlib.trees import (
    Threshold,
    Tree,
    best_threshold,
    gain_ratio,
    gini_decrease,
    gini_impurity,
    grow_tree,
    information_gain,
)
from itlib.variational import elbo, evidence, gaussian_elbo, standard_normal_kl

__version__ = "0.1.0"

if not TYPE_CHECKING:  # which would else take every name for a module

    def __getattr__(name):
        """Import a module when it is first asked for, so that `itlib.fisher` needs no import."""
        try:
            return importlib.import_module(f"itlib.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"itlib.{name}":  # a module that is there misses another one
                raise
            raise AttributeError(f"module 'itlib' has no attribute {name!r}") from None


__all__ = [
    "arithmetic_code_length",
    "arithmetic_decode",
    "arithmetic_encode",
    "best_threshold",
    "binary_cross_entropy",
    "binary_entropy",
    "Capacity",
    "channel_capacity",
    "co_information",
    "conditional_entropy",
    "conditional_mutual_information",
    "cross_entropy",
    "differential_entropy",
    "elbo",
    "entropy",
    "evidence",
    "expected_length",
    "f_divergence",
    "F_GENERATORS",
    "fit_gaussian_forward",
    "fit_gaussian_reverse",
    "fit_ngrams",
    "gain_ratio",
    "gaussian_elbo",
    "gaussian_entropy",
    "gaussian_kl",
    "GaussianFit",
    "gini_decrease",
    "gini_impurity",
    "grow_tree",
    "huffman_code",
    "information_gain",
    "joint_entropy",
    "joint_from_samples",
    "js_divergence",
    "kl_divergence",
    "knn_entropy",
    "knn_mutual_information",
    "knn_mutual_information_discrete",
    "kraft_sum",
    "log_softmax",
    "LossAndGradient",
    "miller_madow_entropy",
    "mixture_density",
    "mixture_gaussian_kl",
    "multivariate_gaussian_kl",
    "mutual_information",
    "mutual_information_from_samples",
    "NGrams",
    "normalize",
    "perplexity",
    "pointwise_mutual_information",
    "ReverseFit",
    "self_information",
    "sigmoid",
    "sigmoid_cross_entropy",
    "sigmoid_cross_entropy_grad",
    "sigmoid_squared_error",
    "sigmoid_squared_error_grad",
    "softmax",
    "softmax_cross_entropy",
    "softmax_cross_entropy_grad",
    "softmax_cross_entropy_with_grad",
    "standard_normal_kl",
    "Threshold",
    "total_variation",
    "Tree",
]
