"""Full-text search and similar papers."""
