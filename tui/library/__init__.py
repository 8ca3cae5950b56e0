"""The papers of all sources as one collection: scopes, views, lists, searches."""
