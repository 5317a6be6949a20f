"""The one error of the demo engine."""


class DemoError(ValueError):
    """A demo that cannot be shown or baked; the message says which one and why."""
