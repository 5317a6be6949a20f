"""What a figure plots under a word is what the word says, by a second route."""

import functools

import numpy as np
import pytest
import second_routes
from content import figures_of_the_book
from drawings import panels, plotted, unasked

FIGURES = {figure.ident.removeprefix("fig-"): figure for figure in figures_of_the_book()}
ROUTES = second_routes.figures()
named = [
    pytest.param(name, number, word, id=f"{name}-{number}-{word}")
    for name, found in ROUTES.items()
    for number, panel in enumerate(found)
    for word in panel or {}
]


@functools.cache
def drawn(name):
    """Return the panels of a figure, drawn once for all words."""
    return panels(FIGURES[name])


def test_every_figure_has_routes_and_every_route_belongs_to_a_figure():
    assert sorted(FIGURES) == sorted(ROUTES)


@pytest.mark.parametrize("name", sorted(ROUTES.keys() & FIGURES.keys()))
def test_every_panel_has_a_route_or_plots_no_numbers(name):
    assert len(FIGURES[name].panels) == len(ROUTES[name])


@pytest.mark.parametrize("name", sorted(ROUTES.keys() & FIGURES.keys()))
def test_all_that_a_panel_with_routes_plots_has_a_route(name):
    missing = [unasked(ax, words) for ax, words in zip(drawn(name), ROUTES[name]) if words]

    assert [] == [what for panel in missing for what in panel]


@pytest.mark.parametrize(("name", "number", "word"), named)
def test_what_is_plotted_is_what_the_word_beside_it_says(name, number, word):
    ax = drawn(name)[number]
    x, y = plotted(ax, word)
    expected = np.array([float(ROUTES[name][number][word](value)) for value in x])
    scale = ax.get_xscale() if word.endswith(" x") else ax.get_yscale()
    near_zero = 0 if scale == "log" else 1e-9  # a logarithmic axis shows every size

    assert np.allclose(expected, y, rtol=1e-7, atol=near_zero), (x[:5], expected[:5], y[:5])
