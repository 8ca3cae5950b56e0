"""The cache: what was read out of the digests, by source and month, in TinyDB files."""
