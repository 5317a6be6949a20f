"""Information theory for machine learning, in pure functions of NumPy arrays."""

from itlib.divergences import (
    F_GENERATORS,
    cross_entropy,
    f_divergence,
    js_divergence,
    kl_divergence,
    total_variation,
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
from itlib.mixtures import fit_gaussian_forward, mixture_density, mixture_gaussian_kl
from itlib.reverse_fits import fit_gaussian_reverse, stationary_reverse_fits
from itlib.separations import (
    covering_fold,
    mode_fold,
    reverse_cusp,
    reverse_jump,
    reverse_pitchfork,
)
from itlib.shannon import binary_entropy, entropy, normalize, perplexity, self_information
