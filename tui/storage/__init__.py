"""Storage: TinyDB files that are replaced atomically, with one lock for each folder."""
