"""One field of a paper each: its id, title, day, votes, summary and links, in a part of a page."""
