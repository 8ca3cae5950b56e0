"""Tests of Broadsheet."""
