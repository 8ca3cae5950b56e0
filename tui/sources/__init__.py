"""Where digests lie: files and folders."""
