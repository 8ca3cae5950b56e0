"""What a collection is like in numbers: days, votes, authors and words. Pure."""
