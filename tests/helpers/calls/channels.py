"""Of channels, of what is lost in them and of codes for them."""

VALID = {
    "channels.binary_erasure": {"e": 0.25},
    "channels.binary_symmetric": {"p": 0.25},
    "channels.fano_bound": {"conditional_entropy": [0.0, 1.5], "k": 10},
    "channels.random_coding_exponent": {"channel": [[0.75, 0.25], [0.25, 0.75]], "rate": 0.125},
    "channels.z_channel": {"p": 0.25},
}
