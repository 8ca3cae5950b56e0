"""The general reader: finds papers in texts of any shape, for digests that no dialect claims.

It works in stages, each of them a package that imports only those below it (see ``.importlinter``):

1. ``papers_in_text`` decides whether a text is data or a page.
2. ``records`` parses data to plain values, and finds the papers in it; ``markdown_page`` and
   ``markup`` turn any other text into a page of Markdown.
3. ``tree`` parses a page, and ``pages`` finds its papers in the tree: sections, list items, rows
   of tables and paragraphs with an id.
4. ``fields``, ``names`` and ``vocabulary`` fill in what a paper has: its title, authors, votes,
   day, summary and links.
5. ``issue_days`` chooses the day under which a paper is listed.
"""
