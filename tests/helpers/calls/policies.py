"""Of policies that pay for their distance from a reference."""

_PAIR = {"chosen": [-12.0, -3.0], "chosen_ref": -13.0, "rejected": [-16.0, -4.0]}

VALID = {
    "policies.best_of_n": {"p": [0.5, 0.25, 0.25], "n": 4},
    "policies.best_of_n_kl_bound": {"n": 4},
    "policies.dpo_loss": {**_PAIR, "rejected_ref": -14.0, "beta": 0.125},
    "policies.dpo_loss_grad": {**_PAIR, "rejected_ref": -14.0, "beta": 0.125},
    "policies.kl_estimates": {"log_p": [-1.0, -2.0], "log_q": [-1.5, -0.5]},
    "policies.soft_value": {
        "reference": [0.5, 0.25, 0.25],
        "reward": [1.0, 2.0, 4.0],
        "beta": 0.5,
    },
    "policies.soft_value_iteration": {
        "transitions": [[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [0.75, 0.25]]],
        "rewards": [[0.0, 0.25], [1.0, 0.0]],
        "discount": 0.75,
        "temperature": 0.5,
    },
    "policies.tilt": {"reference": [0.5, 0.25, 0.25], "reward": [1.0, 2.0, 4.0], "beta": 0.5},
}
