"""The front page shows what a wrong belief costs, as the chapter on cross-entropy does."""

from second_routes.cross_entropy import wrong_code

DEMOS = {"wrong-belief": wrong_code}
