"""The cache: entries read from digests, by source and month, in TinyDB files."""
