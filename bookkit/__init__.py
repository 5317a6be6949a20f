"""Turns numbers into pages: demos, exercises, figures and the Sphinx extension of the book."""
