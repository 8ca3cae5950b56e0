"""Feeds: their items, the announcements of arXiv, and subscriptions."""
