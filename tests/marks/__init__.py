"""Tests of the reader's marks."""
