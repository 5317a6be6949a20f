"""Figures: pictures that do not change, drawn when the notebook runs."""

from bookkit.figure.figure import Figure

__all__ = ["Figure"]
