"""Of the fits of one Gaussian to several."""

_EYE = [[1.0, 0.0], [0.0, 1.0]]
_LINE = {"weights": [0.5, 0.5], "means": [-1.0, 1.0], "sigmas": [1.0, 1.0]}
_PLANE = {"weights": [0.5, 0.5], "means": [[-1.0, 0.0], [1.0, 0.0]], "covs": [_EYE, _EYE]}

VALID = {
    "gaussian_fits.covering_fold": {"weight": 0.6},
    "gaussian_fits.fit_planar_forward": _PLANE,
    "gaussian_fits.fit_planar_reverse": _PLANE,
    "gaussian_fits.isotropic_fold": {"stiffness": 0.5},
    "gaussian_fits.isotropic_pitchfork": {"stiffness": 1.0},
    "gaussian_fits.isotropic_tricritical": {},
    "gaussian_fits.mahalanobis_reduction": {"half_gap": [1.0, 0.0], "cov": _EYE},
    "gaussian_fits.mode_fold": {"weight": 0.5},
    "gaussian_fits.planar_mixture_kl": {**_PLANE, "mean": [0.0, 0.0], "cov": _EYE},
    "gaussian_fits.reverse_cusp": {},
    "gaussian_fits.reverse_jump": {"weight": 0.5},
    "gaussian_fits.reverse_pitchfork": {"sigma": 1.0},
    "gaussian_fits.stationary_reverse_fits": _LINE,
}
