"""The query language: parse queries into tests for papers and a sort order.

A query is words separated by spaces. All terms must hold; of terms joined by ``OR`` (in capitals,
and binding tighter than a space) at least one. Parentheses group terms.

========================================  =====================================================
``diffusion``, ``"exact phrase"``         in the title, an author, the id or a summary
``title: author: source: section:``       within that text; with ``:="..."``, equal to it
``tag: id:``                              equal to that text; ids without their version
``votes:20``, ``votes:>=20``, ``10..50``  also ``> < <= =`` and ranges with one open end
``match:>=70``, ``match:rl>=60``           how well papers match starred ones, or those of a tag
``date:2025``, ``date:>2025-05``          the same with years, months and days
``date:today``, ``date:7d``, ``-30d..``   and with dates that depend on the current day
``is:``                                   ``read unread new recommended starred tagged`` ...
``has:``                                  ``votes`` or ``summary``
``sort:-votes,date``                      descending by the first, then ascending by the second
``a OR b``, ``a | b``                     at least one of the terms
``a AND b``, ``a & b``                    both, like a space
``-a``, ``NOT a``, ``!a``                 not this term
========================================  =====================================================

Case does not matter, except in ``AND``, ``OR`` and ``NOT``. A term with ``AND`` on one side and
``OR`` on the other is an error without parentheses, because most languages would read it
differently. See ``tui.query.relative_dates`` for dates that depend on the current day.

Details:

- Quotes begin where a word or a value begins, and end where it ends; two in a row inside stand for
  one. A quote elsewhere is an error.
- A parenthesis groups where a word begins or ends, not within one: ``O(n)`` and ``(1+1)-ES`` are
  words, and so are ``R&D`` and ``p(x|y)``. Without its counterpart it is an error.
- ``xyz:abc`` is an error if ``xyz`` is not a field. In any other word a colon is an ordinary
  character: ``3:1``, ``GPT-4:``, ``https://...``. A word similar to a field (``vote:``) is always
  an error.
- A URL of arXiv, ``arXiv:2505.04921`` and ``2505.04921v2`` mean ``id:2505.04921``. The bare
  ``2505.04921`` is a word, which also finds the papers that cite it.
- A space in quotes matches any spaces and line breaks. Between Hangul, spaces are mostly optional,
  and consonants match syllables that begin with them; see ``tui.query.matching``. This applies to
  words and fields that match *within* a text.
- ``author:="Wei Li"`` matches an author of exactly this name, ``section:=`` a section with this
  label, ``source:=`` a digest with this path. A text that begins with ``=`` needs quotes.
- ``sort:`` may occur once. It is not a term: it cannot be negated, joined or in parentheses.
  ``sort:relevance`` puts papers first that have the words in their title, then in their authors.
"""
