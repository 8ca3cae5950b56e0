"""Digests that mean harm, read by the real program."""
