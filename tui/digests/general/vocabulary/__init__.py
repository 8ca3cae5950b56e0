"""The words of digests in several languages: labels, field names, categories, venues."""
