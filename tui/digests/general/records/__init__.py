"""Data: its values, in any format, and the papers among the records in it."""
