"""Marks shared by several machines: merging, a shared folder, a git remote."""
