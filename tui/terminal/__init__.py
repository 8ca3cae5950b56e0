"""Capabilities of the terminal and the desktop around it, without Textual."""
