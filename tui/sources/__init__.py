"""Sources of digests: folders, files, archives, git repositories and the Hugging Face hub."""
