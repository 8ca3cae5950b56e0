"""Malicious and huge digests, read by the real program."""
