"""Background jobs of the user interface. Their results are messages to the screen."""
