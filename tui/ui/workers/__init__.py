"""Background work of the user interface, and the messages it posts."""
