"""The reader's marks on papers: read, starred, tags and a note. Stored by month, never derived."""
