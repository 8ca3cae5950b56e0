"""Layout of Markdown as lines of styled text, measured in cells; independent of widgets."""
