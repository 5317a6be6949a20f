"""The position that Hamming's decoder flips."""

import numpy as np

from itlib import error_correction


def syndrome_in_plain_python(received):
    checks = [sum(received[i] for i in range(7) if (i + 1) & bit) % 2 for bit in (1, 2, 4)]
    return checks[0] + 2 * checks[1] + 4 * checks[2]


def syndrome_in_numpy(received):
    table = np.array([[1, 0, 1, 0, 1, 0, 1], [0, 1, 1, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1, 1]])
    return table @ np.array(received) % 2 @ [1, 2, 4]


def syndrome_by_adding_without_carry(received):
    return np.bitwise_xor.reduce(np.flatnonzero(received) + 1)


def syndrome_with_the_library(received):
    return error_correction.hamming_decode(received).flipped + 1


PROGRAMS = {
    "noisy-syndrome": [
        syndrome_in_plain_python,
        syndrome_in_numpy,
        syndrome_by_adding_without_carry,
        syndrome_with_the_library,
    ],
}
