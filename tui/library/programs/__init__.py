"""Commands of the reader: their command lines, running them, and keeping what they print."""
