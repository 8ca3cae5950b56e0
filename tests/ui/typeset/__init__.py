"""Tests of the typesetter."""
