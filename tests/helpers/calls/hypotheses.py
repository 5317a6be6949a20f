"""Of testing, betting and coding without knowing."""

VALID = {
    "hypotheses.chernoff_information": {"p": [0.25, 0.75], "q": [0.5, 0.5]},
    "hypotheses.growth_rate": {"p": [0.25, 0.75], "odds": [4.0, 2.0], "bets": [0.25, 0.75]},
    "hypotheses.information_projection": {
        "q": [0.25, 0.5, 0.25],
        "values": [0.0, 1.0, 2.0],
        "mean": 1.5,
    },
    "hypotheses.kt_code_length": {"counts": [7, 3]},
    "hypotheses.log_neyman_pearson": {"p0": 0.25, "p1": 0.5, "n": 10, "alpha": 0.0625},
    "hypotheses.log_type_probability": {"counts": [7, 3], "q": [0.75, 0.25]},
    "hypotheses.neyman_pearson": {"p0": 0.25, "p1": 0.5, "n": 10, "alpha": 0.0625},
    "hypotheses.nml_regret": {"n": 10, "k": 3},
    "hypotheses.sequential_test": {
        "p0": 0.25,
        "p1": 0.5,
        "p": 0.375,
        "alpha": 0.0625,
        "beta": 0.125,
    },
}
