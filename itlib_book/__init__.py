"""The content of the book, one folder a chapter: its data, its figures, its demos, its exercises."""
