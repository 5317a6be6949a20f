"""One valid call of every function that only a module on channels has."""

VALID = {
    "channels.binary_erasure": {"e": 0.25},
    "channels.binary_symmetric": {"p": 0.25},
    "channels.fano_bound": {"conditional_entropy": [0.0, 1.5], "k": 10},
    "channels.random_coding_exponent": {"channel": [[0.75, 0.25], [0.25, 0.75]], "rate": 0.125},
    "channels.z_channel": {"p": 0.25},
    "error_correction.belief_propagation": {"parity": [[1, 1]], "llr": [2.0, -1.0]},
    "error_correction.hamming_decode": {"received": [0, 1, 1, 0, 1, 1, 1]},
    "error_correction.hamming_encode": {"bits": [1, 0, 1, 1]},
    "gaussian_channels.awgn_capacity": {"snr": [0.0, 3.0]},
    "gaussian_channels.sign_information": {"snr": [0.0, 1.0]},
    "gaussian_channels.sign_mmse": {"snr": [0.0, 1.0]},
}
