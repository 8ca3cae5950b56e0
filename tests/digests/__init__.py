"""Tests of `tui.digests`. All papers are invented."""
