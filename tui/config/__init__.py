"""Settings, key bindings, paths and the saved session."""
