"""What a figure plots under a word is what the word says, by a second route."""

import numpy as np
import pytest
import second_routes
from content import figures_of_the_book
from drawings import panels, plotted, unasked

FIGURES = {figure.ident.removeprefix("fig-"): figure for figure in figures_of_the_book()}
ROUTES = second_routes.figures()
every_figure = pytest.mark.parametrize("name", sorted(ROUTES.keys() & FIGURES.keys()))


def test_every_figure_has_routes_and_every_route_belongs_to_a_figure():
    """A new figure comes with an entry of `FIGURES` in tests/helpers/second_routes/."""
    assert set(FIGURES) == set(ROUTES)


@pytest.mark.slow
@every_figure
def test_what_a_figure_plots_is_what_the_words_beside_it_say(name):
    """Whatever a panel plots has a route, and each route leads to what is plotted."""
    axes, routes = panels(FIGURES[name]), ROUTES[name]

    assert len(axes) == len(routes)
    assert [] == [what for ax, words in zip(axes, routes) if words for what in unasked(ax, words)]
    assert [] == [
        wrong
        for number, (ax, words) in enumerate(zip(axes, routes))
        for word, route in (words or {}).items()
        for wrong in differences(ax, number, word, route)
    ]


def differences(ax, number, word, route):
    """Return where a word's plot differs from its route: nothing, or one entry."""
    x, y = plotted(ax, word)
    expected = np.array([float(route(value)) for value in x])
    scale = ax.get_xscale() if word.endswith(" x") else ax.get_yscale()
    near_zero = 0 if scale == "log" else 1e-9  # a logarithmic axis shows every size
    if expected.shape == y.shape and np.allclose(expected, y, rtol=1e-7, atol=near_zero):
        return []
    return [(number, word, x[:5], expected[:5], y[:5])]
