"""What signatures speak of: `ArrayLike` goes in, one of the others comes out."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Array",
    "ArrayLike",
    "BoolArray",
    "FloatArray",
    "Generator",
    "IntArray",
    "Model",
    "Result",
]

Array = NDArray[Any]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer]

# One vector gives a Python float, a batch an array.
Result = float | FloatArray

# A generator of an f-divergence, of arrays or of single numbers.
Generator = Callable[[Any], Any]

# A model of messages: the distribution of the next outcome, from the outcomes so far.
Model = Callable[[list[int]], ArrayLike]
