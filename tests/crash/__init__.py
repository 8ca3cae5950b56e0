"""Tests with writers that are killed or run at the same time."""
