"""Pictures on the web: requested when the reader wants to see one, and kept in a cache."""
