"""The line to the reader's terminal: what is sent over it, and when."""
