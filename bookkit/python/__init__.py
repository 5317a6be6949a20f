"""The browser's own Python: what a page loads, and what runs in it when a reader asks."""
