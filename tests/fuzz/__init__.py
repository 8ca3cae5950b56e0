"""Texts and files that nobody thought of."""
