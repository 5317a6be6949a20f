"""Of channels that add Gaussian noise."""

VALID = {
    "gaussian_channels.awgn_capacity": {"snr": [0.0, 3.0]},
    "gaussian_channels.sign_information": {"snr": [0.0, 1.0]},
    "gaussian_channels.sign_mmse": {"snr": [0.0, 1.0]},
}
