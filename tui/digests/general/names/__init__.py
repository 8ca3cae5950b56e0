"""The names of people, and where a line of text holds them beside a title."""
