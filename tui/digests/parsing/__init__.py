"""Parsers that several dialects share."""
