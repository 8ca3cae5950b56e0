"""Parse a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import _
from tui.paper_ids.references import pasted_paper_id
from tui.query.conditions import FieldText, PaperField
from tui.query.group import flatten, group
from tui.query.lexer import TokenKind, tokenize
from tui.query.normalization import fold
from tui.query.query import Query, Term
from tui.query.terms import parse_word
from tui.sanitize import clean

if TYPE_CHECKING:
    from tui.query.lexer import Token
    from tui.query.query import Clause
    from tui.query.sorting import SortKey


def parse(text: str) -> Query:
    """Parse a query.

    Args:
        text: any text; an empty query matches everything.

    Returns:
        The query. Its texts are folded, so that queries that differ in case are equal.

    Raises:
        QueryError: a word is invalid.
    """
    is_quoted = text.lstrip().startswith('"')
    if not is_quoted and len(text.split()) > 1 and (paper_id := pasted_paper_id(text)):
        return Query(((Term(FieldText(PaperField.ID, fold(paper_id))),),), (), _one_line(text))
    parser = _Parser(text)
    clauses = parser.parse_clauses()
    typed = text
    if parser.sort_token is not None:
        start = parser.sort_token.column - 1
        end = start + len(parser.sort_token.typed)
        typed = f"{text[:start].rstrip()} {text[end:].lstrip()}"
    return Query(clauses, parser.sort, _one_line(typed) if clauses else "")


def _one_line(text: str) -> str:
    """Return a text that is safe to show in a line, without spaces around it."""
    return clean(text).replace("\n", " ").replace("\t", " ").strip()


class _Parser:
    """Combines the terms of a query.

    Args:
        text: the query.

    Attributes:
        sort: the sort order; empty until it was parsed.
        sort_token: its token.
    """

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self.sort: tuple[SortKey, ...] = ()
        self.sort_token: Token | None = None

    def parse_clauses(self) -> tuple[Clause, ...]:
        """Parse the whole query."""
        return self._parse_level(None)

    def _parse_level(self, opening: Token | None) -> tuple[Clause, ...]:
        """Parse up to the end of the query or of the group that a parenthesis began."""
        level = _Level()
        for token in self._tokens:
            match token.kind:
                case TokenKind.CLOSE:
                    break
                case TokenKind.AND | TokenKind.OR:
                    level.join(token)
                case TokenKind.NOT:
                    level.negate(token)
                case TokenKind.OPEN:
                    level.add(group(self._parse_level(token)))
                case TokenKind.WORD:
                    parsed = parse_word(token)
                    if isinstance(parsed, Term):
                        level.add(parsed, token)
                    else:
                        self._set_sort(token, parsed, level, opening)
        else:
            if opening:
                raise opening.error(_("is a parenthesis that is never closed"))
        level.finish()
        if opening and not level.clauses:
            raise opening.error(_("begins an empty pair of parentheses"))
        return flatten(level.clauses)

    def _set_sort(
        self, token: Token, sort: tuple[SortKey, ...], level: _Level, opening: Token | None
    ) -> None:
        level.end_term(token)
        if opening:
            raise token.error(_("is not a term; move it out of the parentheses"))
        if self.sort:
            message = _("is a second sort order; a single sort: can name several columns")
            raise token.error(message)
        self.sort, self.sort_token = sort, token


class _Level:
    """The terms of the query, or of a group, and the operators between them.

    Attributes:
        clauses: the clauses so far.
    """

    def __init__(self) -> None:
        self.clauses: list[list[Term]] = []
        self._follows_term = False
        self._joiner: Token | None = None
        """AND or OR before the next term."""
        self._last_joiner: Token | None = None
        """AND or OR before the last term."""
        self._negation: Token | None = None
        """NOT before the next term."""

    def join(self, token: Token) -> None:
        """Join the last term to the next one by AND or OR."""
        if not self._follows_term or self._negation:
            raise token.error(_("must be between two terms"))
        if self._last_joiner and self._last_joiner.kind is not token.kind:
            # Most languages would evaluate AND first, this one OR.
            message = _("needs parentheses, because {other} is beside it")
            raise token.error(message.format(other=self._last_joiner.typed))
        self._joiner, self._follows_term = token, False

    def negate(self, token: Token) -> None:
        """Negate the next term."""
        if self._negation:
            raise token.error(_("has two negations; put text in quotes"))
        self._negation = token

    def add(self, term: Term, token: Token | None = None) -> None:
        """Add a term.

        Args:
            term: the term.
            token: the word that it was parsed from; None for a group.
        """
        if self._negation:
            if token and term.negated:
                raise token.error(_("has two negations; put text in quotes"))
            term = Term(term.condition, not term.negated)
        if self._joiner and self._joiner.kind is TokenKind.OR:
            self.clauses[-1].append(term)
        else:
            self.clauses.append([term])
        self._last_joiner, self._joiner, self._negation = self._joiner, None, None
        self._follows_term = True

    def end_term(self, token: Token) -> None:
        """End the terms before a word that is not a term."""
        if self._joiner:
            message = _("is not a term, so it cannot be joined by {operator}")
            raise token.error(message.format(operator=self._joiner.typed))
        if self._negation:
            raise token.error(_("is not a term, so it cannot be negated"))
        self._follows_term = False

    def finish(self) -> None:
        """Check that no operator waits for a term."""
        if self._negation:
            raise self._negation.error(_("has nothing to negate"))
        if self._joiner:
            raise self._joiner.error(_("must be between two terms"))
