"""Cross-entropy and squared error, a second time."""

from mpmath import diff, exp, findroot, log, mpf, quad


def decimal(number):
    """Return the decimal number that a double was written as."""
    return mpf(str(number))


def sigmoid(z):
    """Return 1 / (1 + e^−z)."""
    return 1 / (1 + exp(-z))


def squared_error(z):
    """Return the squared error of a neuron for the label 1."""
    return (1 - sigmoid(z)) ** 2


def at(p):
    """Return the logit of a prediction."""
    p = decimal(p)
    return log(p / (1 - p))


def wished(p=0.2, y=1):
    """Return the slope of cross-entropy in the prediction, by differences."""
    return diff(lambda q: -log(q) if y else -log(1 - q), decimal(p))


def pull_ratio(k=50):
    """Return how much harder cross-entropy pulls at the true logit of k equal ones."""

    def true(z):
        return exp(z) / (exp(z) + k - 1)

    def squares(z):
        other = (1 - true(z)) / (k - 1)
        return (1 - true(z)) ** 2 + (k - 1) * other**2

    return diff(lambda z: -log(true(z)), 0) / diff(squares, 0)


def longer(near=12, far=15):
    """Return how much longer the descent takes from the farther start, by quadrature."""

    def time(start):
        return quad(lambda z: -1 / diff(squared_error, z), [-start, -start + 2, -5, 0, log(9)])

    return time(far) / time(near)


ANSWERS = {
    "mse-slope-last-step": lambda: diff(squared_error, at(0.3)),
    "mse-slope": lambda p=0.1: diff(squared_error, at(p)),
    "mse-softmax-slope": lambda a=0.2, b=0.5, c=0.3: diff(
        lambda z: -log(decimal(a)) + log(decimal(a) + exp(z) + decimal(c)), log(decimal(b))
    ),
    "mse-wished": wished,
    "mse-curvature": lambda p=0.2: diff(squared_error, at(p), 2),
    "mse-steepest": lambda: findroot(lambda y: y * (2 - 3 * y), 0.6),
    "mse-brier": lambda a=0.5, b=0.3, c=0.2: (
        decimal(a) ** 2 + (1 - decimal(b)) ** 2 + decimal(c) ** 2
    ),
    "mse-many": pull_ratio,
    "mse-longer": longer,
}
