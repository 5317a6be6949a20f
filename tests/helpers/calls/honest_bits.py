"""Of scores in bits: their units, their sums, and bounds of diffusion."""

VALID = {
    "honest_bits.bits_per_byte": {"nats": [0.0, 24.0], "n_bytes": [8, 16]},
    "honest_bits.bits_per_dimension": {
        "log_density": [-3.0, 2.0],
        "dimensions": [4, 8],
        "scale": 128.0,
    },
    "honest_bits.checked_predictions": {"predict": [0.25, 0.75], "message": [0, 1, 1], "k": 2},
    "honest_bits.diffusion_bound": {
        "snr": [0.0, 0.5, 2.0],
        "mmse": [1.0, 0.5, 0.25],
        "prior": 0.25,
        "reconstruction": 0.125,
    },
    "honest_bits.masked_bound": {"p": [[0.25, 0.25], [0.0, 0.5]], "steps": 4},
}
