"""The query language: a reader's text becomes a test for papers and an order for them.

A query is words with spaces between them. Every term must hold; terms joined by ``OR`` (in
capitals, and tighter than standing side by side) need one of them to hold.

========================================  =====================================================
``diffusion``, ``"exact phrase"``         in the title, an author, the id or a summary
``title: author: source: section:``       within that text; ``title:="..."`` is all of it
``tag: id:``                              that text and no more; of an id, the version is dropped
``votes:20``, ``votes:>=20``, ``10..50``  also ``> < <= =`` and ranges open at one end
``date:2025``, ``date:>2025-05``          the same, with years, months and days
``is:``                                   ``read unread starred tagged`` or ``noted``
``has:``                                  ``votes`` or ``summary``
``sort:-votes,date``                      descending by the first, then ascending by the second
========================================  =====================================================

``-`` before a term turns it into its complement. Case does not matter, but in ``OR``.

What a reader may wonder about:

- Quotes begin where a word or a field's value begins, and end with it; two in a row inside them
  stand for one. Elsewhere a quote is an error.
- There is no grouping, so an unquoted parenthesis without its partner is an error; ``O(n)`` and
  ``(VLM)`` are words.
- ``xyz:abc`` is an error if no field is called so, for it was surely meant as one. A colon in
  anything else is a character like others: ``3:1``, ``GPT-4:``, ``https://...``. But a word that
  is almost a field (``vote:``) is always an error.
- A pasted address, ``arXiv:2505.04921`` or ``2505.04921v2`` means ``id:2505.04921``. The bare
  ``2505.04921`` is a word, and so finds the papers that cite it, too.
- A space in quotes is any space or line break. Between Hangul, spaces matter little, and
  consonants alone stand for syllables that begin with them; ``tui.query.matching`` tells how. This
  is so for words and all that matches *within*, not for what matches whole.
- ``author:="Wei Li"`` means one author of just this name, ``section:=`` one section with this
  label, ``source:=`` one digest with this path. For a text that begins with ``=`` use quotes.
- ``sort:`` stands at most once and is no term: it cannot be negated or joined by ``OR``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.query.columns import Column
    from tui.query.conditions import Phrase, Predicate, SearchDocument
    from tui.query.errors import QueryError
    from tui.query.highlight import Highlighter
    from tui.query.normalization import metadata_text, normalize
    from tui.query.parser import parse
    from tui.query.query import Query, Term, compile_query
    from tui.query.sorting import SortKey, sort_papers

__all__ = [
    "Column",
    "Highlighter",
    "Phrase",
    "Predicate",
    "Query",
    "QueryError",
    "SearchDocument",
    "SortKey",
    "Term",
    "compile_query",
    "metadata_text",
    "normalize",
    "parse",
    "sort_papers",
]

_MODULES = {
    "conditions": ("Phrase", "Predicate", "SearchDocument"),
    "errors": ("QueryError",),
    "highlight": ("Highlighter",),
    "parser": ("parse",),
    "query": ("Query", "Term", "compile_query"),
    "columns": ("Column",),
    "sorting": ("SortKey", "sort_papers"),
    "normalization": ("metadata_text", "normalize"),
}


def __getattr__(name: str) -> Any:
    """Import a name from its module when it is first asked for.

    The first screen sorts but does not search, and parsing takes a while to import.
    """
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"tui.query.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
