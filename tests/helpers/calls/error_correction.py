"""Of codes that mend what a line has damaged."""

VALID = {
    "error_correction.belief_propagation": {"parity": [[1, 1]], "llr": [2.0, -1.0]},
    "error_correction.hamming_decode": {"received": [0, 1, 1, 0, 1, 1, 1]},
    "error_correction.hamming_encode": {"bits": [1, 0, 1, 1]},
}
