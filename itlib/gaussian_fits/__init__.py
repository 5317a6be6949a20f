"""The best Gaussian for a mixture: on the line and in the plane, and where the best one changes.

Made for one section of the book, which follows the q that minimises D(q‖p) as two modes part.
The divergences and the two fits that several chapters use are in `itlib` itself.
"""

from itlib.gaussian_fits.planar_mixtures import (
    PlanarFit,
    PlanarReverseFit,
    fit_planar_forward,
    fit_planar_reverse,
    planar_mixture_kl,
)
from itlib.gaussian_fits.planar_separations import (
    Reduction,
    Tricritical,
    isotropic_fold,
    isotropic_pitchfork,
    isotropic_tricritical,
    mahalanobis_reduction,
)
from itlib.gaussian_fits.reverse_fits import StationaryFit, stationary_reverse_fits
from itlib.gaussian_fits.separations import (
    Cusp,
    Fold,
    Jump,
    covering_fold,
    mode_fold,
    reverse_cusp,
    reverse_jump,
    reverse_pitchfork,
)

__all__ = [
    "covering_fold",
    "Cusp",
    "fit_planar_forward",
    "fit_planar_reverse",
    "Fold",
    "isotropic_fold",
    "isotropic_pitchfork",
    "isotropic_tricritical",
    "Jump",
    "mahalanobis_reduction",
    "mode_fold",
    "planar_mixture_kl",
    "PlanarFit",
    "PlanarReverseFit",
    "Reduction",
    "reverse_cusp",
    "reverse_jump",
    "reverse_pitchfork",
    "stationary_reverse_fits",
    "StationaryFit",
    "Tricritical",
]
