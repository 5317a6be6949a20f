"""What the library, the demos and the pages cost, beside others that do the same."""

import os

# On one thread, and said here: NumPy's linear algebra starts its threads when it is loaded.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
