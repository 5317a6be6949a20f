"""Averages over the standard normal, by the trapezoidal rule, for many integrands at once.

For a smooth function the trapezoidal rule on the whole line converges exponentially in 1/step
(Trefethen & Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 56, 2014,
section 5).  Halving the step keeps the old points, so the rule is halved until it stops changing.
"""

import numpy as np

# Beyond 10.5 standard deviations even z^4 times the normal weight is under 1e-20 of the whole.
REACH = 10.5
FIRST_STEP = 0.5
LAST_LEVEL = 26
TOLERANCE = 1e-13

# So many values are computed at a time, to stay in cache whatever the number of integrands.
BLOCK = 8192


def normal_average(integrands, count, finest, *, floor=0.0, rounding=0.0):
    """Return E[f(Z)], Z ~ N(0, 1), for `count` functions f; shape (m, count).

    `integrands(which, z)` gives the values of the functions with indices `which` at the points
    z, with shape (m, len(which), len(z)).  `finest[i]` is the width, in units of z, of the
    narrowest detail of function i that the first points must not step over.
    The rule is accepted when the new points change it by less than 1e-13 of E[abs(f)].
    They cannot where f is mostly rounding error: `floor` is a change in f that means nothing,
    and `rounding` (one, or one for each function) such a change in the root of a function >= 0.
    """
    start = np.clip(np.ceil(np.log2(FIRST_STEP / np.asarray(finest))), 0, LAST_LEVEL)
    active = np.arange(count)
    total = spread = averages = None
    for level in range(LAST_LEVEL + 1):
        part, part_spread = _sums(integrands, active, level)
        step = FIRST_STEP / 2**level
        if level == 0:
            total, spread = part, part_spread
            averages = np.empty((len(total), count))
            continue
        # The new points alone are a trapezoidal rule too: twice the step, shifted by half.
        change = 2 * step * np.abs(total - part)
        total, spread = total + part, spread + part_spread
        size = step * spread
        noise = floor + np.broadcast_to(rounding, count)[active] * np.sqrt(size)
        settled = (change <= TOLERANCE * size + noise).all(axis=0) & (start[active] <= level)
        averages[:, active[settled]] = step * total[:, settled]
        active, total, spread = active[~settled], total[:, ~settled], spread[:, ~settled]
        if active.size == 0:
            return averages
    raise ValueError(
        "the widths of the Gaussians differ too much: "
        f"{2 * REACH / step:.0e} points do not resolve the narrowest beside the widest"
    )


def _sums(integrands, active, level):
    """Return the sums of weight times f, and of weight times abs(f), over the points of a level."""
    reach = int(REACH / FIRST_STEP * 2**level)
    multiples = np.arange(-reach, reach + 1) if level == 0 else np.arange(1 - reach, reach, 2)
    columns = min(len(multiples), BLOCK)
    rows = max(1, BLOCK // columns)
    total, spread = [], []
    for first in range(0, len(active), rows):
        which = active[first : first + rows]
        sums = sizes = 0.0
        for left in range(0, len(multiples), columns):
            z = multiples[left : left + columns] * (FIRST_STEP / 2**level)
            weight = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
            values = integrands(which, z)
            sums = sums + values @ weight
            sizes = sizes + np.abs(values) @ weight
        total.append(sums)
        spread.append(sizes)
    return np.concatenate(total, axis=-1), np.concatenate(spread, axis=-1)
