"""Weather and umbrella: the joint table that several chapters look at."""

import numpy as np

WEATHER = np.array([[0.4, 0.1], [0.05, 0.45]])
