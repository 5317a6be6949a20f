"""Of questions: of models, of coins, of measurements, and how far a coin may lie."""

VALID = {
    "questions.bald": {
        "predictions": [[[0.75, 0.25], [0.5, 0.5]], [[0.25, 0.75], [0.5, 0.5]]],
        "weights": [0.25, 0.75],
    },
    "questions.beta_information": {"a": [1.0, 4.0], "b": [1.0, 2.0]},
    "questions.binary_kl_inverse": {"p": [0.25, 0.5], "budget": [0.125, 0.5]},
    "questions.gaussian_design_information": {
        "design": [[1.0, 0.5], [1.0, -2.0]],
        "prior_cov": [[1.0, 0.25], [0.25, 2.0]],
        "noise": [0.5, 1.0],
    },
}
