"""Pictures in a terminal: decoding them, and the ways to show them.

Loaded when the reader asks for a picture.
"""
