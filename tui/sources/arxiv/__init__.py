"""What is requested from arXiv, or from a mirror of it."""
