"""Numbers with what they count, in words that fit when there is only one."""


def counted(number, one):
    """Return a number with its noun.

    >>> counted(1, "bit"), counted(2.5, "bit"), counted(0, "digit")
    ('1 bit', '2.5 bits', '0 digits')
    """
    return f"{number:g} {one}" if number == 1 else f"{number:g} {one}s"


def times(number):
    """Return how often something happened.

    >>> times(1), times(3)
    ('once', '3 times')
    """
    return "once" if number == 1 else counted(number, "time")
