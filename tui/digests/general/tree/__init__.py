"""A page of Markdown as a tree of sections, list items, table rows and lines."""
