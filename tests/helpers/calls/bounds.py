"""Of bounds from critics, and of points on a sphere."""

_CRITIC = {
    "f_joint": [[1.0, -0.5], [-0.5, 2.0]],
    "f_product": [[1.0, -0.5], [-0.5, 2.0]],
    "p": [[0.5, 0.0], [0.25, 0.25]],
    "q": [[0.375, 0.125], [0.375, 0.125]],
}
_CIRCLE = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]

VALID = {
    "bounds.alignment": {"x": _CIRCLE, "y": [[0.0, 1.0], [0.0, 1.0], [0.0, -1.0]]},
    "bounds.barber_agakov": {
        "p_xy": [[0.5, 0.0], [0.25, 0.25]],
        "guess": [[0.5, 0.25], [0.5, 0.75]],
    },
    "bounds.donsker_varadhan": _CRITIC,
    "bounds.infonce": {"scores": [[2.0, 0.5], [-1.0, 1.0]]},
    "bounds.infonce_expected": {
        "p_xy": [[0.5, 0.0], [0.25, 0.25]],
        "candidates": 4,
        "critic": [[1.0, -0.5], [-0.5, 2.0]],
    },
    "bounds.nwj": _CRITIC,
    "bounds.uniformity": {"x": _CIRCLE, "t": 0.5},
}
