"""Demos: controls, pictures and numbers that depend on them; live in a notebook, baked on a page."""
