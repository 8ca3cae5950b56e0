"""Textual drivers: a robust one for any terminal, and one that sends differences over SSH."""
