"""The demos of the book, one module for each chapter."""
