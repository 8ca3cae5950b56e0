"""Papers as other programs want them: BibTeX, Markdown, CSV and JSON. ``formats`` is the door."""
