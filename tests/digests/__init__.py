"""Tests of `tui.digests`. Every text in here is made up."""
