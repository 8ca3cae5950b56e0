"""Statistics of a library: days, votes, authors and rising words."""
