"""The widgets. They are given their data, and post messages about what the reader does."""
