"""How anything is kept: TinyDB files that are replaced whole, under one lock a folder."""
