"""What survives a writer that is killed, and many that write at once."""
