"""Broadsheet: read the day's research papers in a terminal."""

VERSION = "0.1.0"
