"""The best Gaussian for a mixture: on the line and in the plane, and where the best one changes.

Made for one section of the book, which follows the q that minimises D(q‖p) as two modes part.
The divergences and the two fits that several chapters use are in `itlib` itself.
"""

from itlib.gaussian_fits.planar_mixtures import (
    fit_planar_forward,
    fit_planar_reverse,
    planar_mixture_kl,
)
from itlib.gaussian_fits.planar_separations import (
    isotropic_fold,
    isotropic_pitchfork,
    isotropic_tricritical,
    mahalanobis_reduction,
)
from itlib.gaussian_fits.reverse_fits import stationary_reverse_fits
from itlib.gaussian_fits.separations import (
    covering_fold,
    mode_fold,
    reverse_cusp,
    reverse_jump,
    reverse_pitchfork,
)

__all__ = [
    "covering_fold",
    "fit_planar_forward",
    "fit_planar_reverse",
    "isotropic_fold",
    "isotropic_pitchfork",
    "isotropic_tricritical",
    "mahalanobis_reduction",
    "mode_fold",
    "planar_mixture_kl",
    "reverse_cusp",
    "reverse_jump",
    "reverse_pitchfork",
    "stationary_reverse_fits",
]
