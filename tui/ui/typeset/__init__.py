"""Markdown → lines of styled text, measured in cells. Knows nothing of widgets."""
