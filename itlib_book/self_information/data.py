"""Data and computations of the chapter self information."""

import math

EVENTS = {  # the least surprising first
    "the sun rises": 0.9999,
    "sunny in the desert": 0.95,
    "rain in a rainy city": 0.5,
    "a die shows six": 1 / 6,
    "a birthday today": 1 / 365,
    "snow in the desert": 1e-3,
    "a royal flush": 4 / math.comb(52, 5),
    "six numbers of 49": 1 / math.comb(49, 6),
}
