"""Of summaries."""

VALID = {
    "bottleneck.gaussian_bottleneck": {"rho": [0.5, -0.25], "rate": 1.0},
    "bottleneck.information_bottleneck": {
        "p_xy": [[0.25, 0.125], [0.0, 0.25], [0.125, 0.25]],
        "beta": 8.0,
        "clusters": 2,
    },
}
