"""The mistakes that go with any calculation, each told from the right value."""

from bookkit.exercise.number import Mistake


def unit_slip(value, factor, message):
    """Return the mistake of answering in a unit that is `factor` times smaller.

    >>> unit_slip(2.0, 60, "That is in minutes; the question asks for hours.").value
    120.0
    """
    return Mistake(value * factor, message)


def sign_slip(value, message="The size is right, the sign is not."):
    """Return the mistake of answering with the other sign.

    >>> sign_slip(0.5)
    Mistake(value=-0.5, message='The size is right, the sign is not.', tolerance=None)
    """
    return Mistake(-value, message)


def percent_slip(value, message="That is the percentage; as a fraction it is a hundredth of it."):
    """Return the mistake of answering in percent where a fraction is asked for.

    >>> percent_slip(0.125).value
    12.5
    """
    return unit_slip(value, 100, message)
