"""Second routes of the chapter on label smoothing and temperature."""

import math

import numpy as np
from scipy import special

from itlib_book.smoothing_and_temperature import data

LOGITS = [2, 1, 0.5, 0.1, -0.5]


def share(i):
    """Return the share of logit i as a function of the temperature."""
    return lambda t: special.softmax(np.divide(LOGITS, t))[i]


def bar(place):
    """Return the height of a bar of five groups of five."""
    temperature = [0.5, 1, 2, 5, 10][round(place)]
    return share(round((place - round(place)) / 0.17) + 2)(temperature)


def pulls(temperature):
    """Return the routes of a panel of pulls, up and down: T times the gap of the two softmaxes."""
    teacher, student = (np.divide(z, temperature) for z in (data.BELIEVED, data.GUESSED))
    found = temperature * (special.softmax(teacher) - special.softmax(student))
    signs = {"good": found >= 0, "bad": found < 0}
    return {
        f"{name}/bars": lambda place: found[round(place)]
        for name, which in signs.items()
        if which.any()
    }


def right_in_the_bin(temperature):
    """Return how often the model is right whose confidence lies in the bin of x."""
    z, labels = data.predictions()
    p = special.softmax(z / temperature, axis=1)
    sure, right = p.max(axis=1), p.argmax(axis=1) == labels
    return lambda x: right[np.floor(10 * sure) == math.floor(10 * x)].mean()


def held_out(temperature):
    """Return the mean surprise at the labels, in nats."""
    z, labels = data.predictions()
    return -special.log_softmax(z / temperature, axis=1)[np.arange(len(z)), labels].mean()


FIGURES = {
    "smooth-temperatures": [
        {"p/bars": bar},
        {f"p/line {i}": share(i) for i in range(5)} | {"dotted": lambda x: 1 / 5},
    ],
    "smooth-tails": [pulls(1), pulls(20)],
    "smooth-calibration": [
        {"T = 1": right_in_the_bin(1), f"T = {data.OVERDONE}": right_in_the_bin(data.OVERDONE)},
        {"p": held_out, "good": held_out},
    ],
}
