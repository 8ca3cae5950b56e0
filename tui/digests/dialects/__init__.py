"""One module per digest format."""
