"""Data and computations of the chapter map of quantities."""

import numpy as np

import itlib


def as_if_independent(p_xy):
    """Return the table with the same margins and no dependence: the model q of the map."""
    return np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0))


def amounts(p_xy):
    """Return every quantity of the map; all but the last two are in bits."""
    p, q = p_xy.ravel(), as_if_independent(p_xy).ravel()
    return {
        "self-information": itlib.self_information(p_xy[1, 1]),
        "entropy": itlib.entropy(p_xy.sum(axis=0)),
        "joint entropy": itlib.joint_entropy(p_xy),
        "conditional entropy": itlib.conditional_entropy(p_xy),
        "mutual information": itlib.mutual_information(p_xy),
        "cross-entropy": itlib.cross_entropy(p, q),
        "KL divergence": itlib.kl_divergence(p, q),
        "Jensen–Shannon": itlib.js_divergence(p, q),
        "perplexity": itlib.perplexity(p),
        "f-divergences": itlib.total_variation(p, q),
    }


def strips(p_xy):
    """Return (row, left, right) of every strip; lengths are bits."""
    found = amounts(p_xy)
    both, h_y, shared = (found[name] for name in ("joint entropy", "entropy", "mutual information"))
    h_x = itlib.entropy(p_xy.sum(axis=1))
    return {
        "CE(p,q)": (4, 0.0, found["cross-entropy"]),
        "H(X,Y)": (3, 0.0, both),
        "D(p‖q)": (3, both, both + found["KL divergence"]),
        "H(X)": (2, 0.0, h_x),
        "H(Y)": (1, both - h_y, both),
        "H(X|Y)": (0, 0.0, both - h_y),
        "I(X;Y)": (0, both - h_y, both - h_y + shared),
        "H(Y|X)": (0, h_x, both),
    }
