"""Mixtures of Gaussians fitted to the irises, which a page without scikit-learn is handed."""

from functools import lru_cache

import numpy as np
from sklearn.mixture import GaussianMixture

from bookkit.python.carried import carried
from itlib_book.shared.irises import load_iris


@lru_cache
@carried
def iris_mixtures():
    """Return, for 1 ... 6 Gaussians fitted to the irises: mean log-likelihood and BIC."""
    flowers = load_iris().data
    fits = [GaussianMixture(k, n_init=10, random_state=0).fit(flowers) for k in range(1, 7)]
    return np.array([[fit.score(flowers), fit.bic(flowers)] for fit in fits])
