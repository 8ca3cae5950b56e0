"""From a digest's text to records: `reader.read`, and one module for each dialect."""
