"""Tests of finding digests."""
