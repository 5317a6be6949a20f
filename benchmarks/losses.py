"""What the losses cost beside torch: one row for each quantity and size."""

import numpy as np

import itlib


def rows():
    """Yield (quantity, size, our call, {peer: its call}, most that our time may be of a peer's)."""
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    for n, k in ((100_000, 10), (10_000, 1000)):
        logits, labels = rng.normal(size=(n, k)), rng.integers(k, size=n)
        yield (
            "softmax cross-entropy with gradient",
            f"{n} × {k}",
            lambda z=logits, y=labels: itlib.softmax_cross_entropy_with_grad(z, y),
            {"torch": lambda z=logits, y=labels: _with_torch(torch, z, y)},
            0.6,
        )


def _with_torch(torch, logits, labels):
    z = torch.tensor(logits, requires_grad=True)
    losses = torch.nn.functional.cross_entropy(z, torch.tensor(labels), reduction="none")
    losses.sum().backward()
    return losses, z.grad
