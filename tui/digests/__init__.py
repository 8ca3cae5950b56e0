"""Parse digest files: `reader.read` turns bytes into a `tui.models.Digest`."""
