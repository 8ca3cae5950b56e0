"""Property-based tests with generated texts and files."""
