"""The built-in dialects, one module per digest format; `tui.digests.registry` lists them."""
