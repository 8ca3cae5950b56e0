"""Convert pages of LaTeXML, such as those of arXiv, to the Markdown of summaries.

``markup.py`` refuses pages that would take the parser too long, ``page.py`` converts a page,
``blocks.py`` what stands by itself, ``inline.py`` what is part of a paragraph. The classes are
those of LaTeXML's schema (https://math.nist.gov/~BMiller/LaTeXML/manual/schema/).
"""
