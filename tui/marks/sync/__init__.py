"""Share marks between machines: merging, a shared folder, a git remote."""
