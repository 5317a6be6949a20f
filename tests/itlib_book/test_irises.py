"""The irises of the pages are those of scikit-learn."""

import numpy as np
from sklearn import datasets

from itlib_book.shared.irises import load_iris


def test_the_irises_are_those_of_scikit_learn():
    """Every measurement, every species, every name."""
    theirs, ours = datasets.load_iris(), load_iris()

    assert np.array_equal(theirs.data, ours.data)
    assert np.array_equal(theirs.target, ours.target)
    assert theirs.feature_names == ours.feature_names
    assert theirs.target_names.tolist() == ours.target_names.tolist()


def test_measurements_and_species_alone():
    """For those who unpack them."""
    x, species = load_iris(return_X_y=True)

    assert (150, 4) == x.shape
    assert [50, 50, 50] == np.bincount(species).tolist()
