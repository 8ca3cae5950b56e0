"""Parsers shared by several dialects."""
