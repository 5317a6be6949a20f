"""Information theory for machine learning, in pure functions of NumPy arrays."""

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
from itlib.mixtures import fit_gaussian_forward, mixture_density, mixture_gaussian_kl
from itlib.planar_mixtures import fit_planar_forward, fit_planar_reverse, planar_mixture_kl
from itlib.planar_separations import (
    isotropic_fold,
    isotropic_pitchfork,
    isotropic_tricritical,
    mahalanobis_reduction,
)
from itlib.reverse_fits import fit_gaussian_reverse, stationary_reverse_fits
from itlib.separations import (
    covering_fold,
    mode_fold,
    reverse_cusp,
    reverse_jump,
    reverse_pitchfork,
)
from itlib.shannon import binary_entropy, entropy, normalize, perplexity, self_information
from itlib.variational import elbo, evidence, gaussian_elbo, standard_normal_kl
