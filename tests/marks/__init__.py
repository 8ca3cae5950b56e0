"""What the reader adds to papers."""
