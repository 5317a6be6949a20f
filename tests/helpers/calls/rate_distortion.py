"""Of rates, distortions and quantisers."""

VALID = {
    "rate_distortion.gaussian_rate_distortion": {
        "variances": [4.0, 1.0, 0.25],
        "distortion": 1.5,
    },
    "rate_distortion.lloyd_max": {"levels": 2, "low": -8.0, "high": 8.0},
    "rate_distortion.rate_distortion": {
        "p": [0.25, 0.75],
        "distortions": [[0.0, 1.0], [2.0, 0.0]],
        "slope": 1.5,
    },
}
