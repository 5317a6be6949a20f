"""Fourteen Saturday mornings: the table on which decision trees are taught."""

# Quinlan (1986), table 1: the weather of fourteen Saturday mornings, and whether they suit.
TENNIS = {
    "Outlook": "sunny sunny overcast rain rain rain overcast "
    "sunny sunny rain sunny overcast overcast rain".split(),
    "Temperature": "hot hot hot mild cool cool cool mild cool mild mild mild hot mild".split(),
    "Humidity": "high high high high normal normal normal "
    "high normal normal normal high normal high".split(),
    "Wind": "weak strong weak weak weak strong strong "
    "weak weak weak strong strong weak strong".split(),
}

PLAY = "no no yes yes yes no yes no yes yes yes yes yes no".split()

DAYS = list(range(1, 15))
