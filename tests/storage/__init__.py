"""Tests of how anything is kept."""
