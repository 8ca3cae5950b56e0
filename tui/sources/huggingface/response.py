"""What the hub answered, looked at before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from tui.i18n import _
from tui.sources.huggingface.endpoint import HubError

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
"""A larger answer is none of a day: fifty papers are half a megabyte."""


class HubResponse(NamedTuple):
    """Papers as they were served.

    Attributes:
        data: the array of them.
        papers: how many.
    """

    data: bytes
    papers: int


def parse_response(data: bytes, host: str) -> HubResponse:
    """Return what was served, if it is a list of papers.

    Args:
        data: what was served.
        host: who served it, for messages.

    Raises:
        HubError: it is none.
    """
    try:
        rows = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if data.lstrip()[:1] == b"<":
            words = _("{host} answers with a web page and not with papers")
        elif data.lstrip()[:1] == b"[":
            words = _("the answer of {host} is cut off or damaged")
        else:
            words = _("{host} answers with something that is not JSON")
        raise HubError(words.format(host=host)) from error
    if not isinstance(rows, list) or not all(map(_is_paper, rows)):
        raise HubError(
            _("{host} answers with something that is no list of papers").format(host=host)
        )
    return HubResponse(data, len(rows))


def _is_paper(row: object) -> bool:
    paper = row.get("paper") if isinstance(row, dict) else None
    return isinstance(paper, dict) and isinstance(paper.get("id"), str)


def join_pages(answers: Sequence[HubResponse]) -> HubResponse:
    """Return the pages of an answer as one array, each paper as it was served."""
    if len(answers) == 1:
        return answers[0]
    inside = [answer.data.strip()[1:-1].strip() for answer in answers if answer.papers]
    return HubResponse(b"[" + b",".join(inside) + b"]", sum(answer.papers for answer in answers))
