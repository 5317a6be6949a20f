"""Of Fisher information, the distances it measures and the steps it takes."""

VALID = {
    "fisher.empirical_fisher": {"gradients": [[1.0, 0.5], [-1.0, 0.25]]},
    "fisher.fisher_information": {
        "p": [0.25, 0.5, 0.25],
        "dp": [[1.0, 0.0, -1.0], [0.0, 1.0, -1.0]],
    },
    "fisher.fisher_rao_distance": {"p": [0.25, 0.75], "q": [0.5, 0.5]},
    "fisher.gaussian_fisher_rao": {
        "mu_p": [0.0, 1.0],
        "sigma_p": 1.0,
        "mu_q": 0.0,
        "sigma_q": [1.0, 2.0],
    },
    "fisher.logistic_fisher": {"x": [[1.0, -2.0], [1.0, 0.5]], "w": [0.25, 0.5]},
    "fisher.natural_gradient": {
        "fisher": [[2.0, 1.0], [1.0, 2.0]],
        "gradient": [1.0, -1.0],
        "damping": 0.25,
    },
    "fisher.softmax_fisher": {"logits": [0.0, 1.0]},
}
