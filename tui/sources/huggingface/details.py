"""Fetch what the hub knows about papers, one at a time: votes, its own summary, code.

The answers are kept in one file for each day on which digests list the papers, as a list:
``2025-05-22.details.json``. See `tui.digests.detail_files`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson

from tui.i18n import _
from tui.sources.http.client import HttpClient
from tui.sources.http.downloads import Download
from tui.sources.http.errors import HttpError
from tui.sources.http.mirrors import Endpoint
from tui.sources.http.saved import (
    ResponseRecord,
    ResponseRecords,
    details_file_name,
    save_response,
    saved_response,
)

MAX_BYTES = 1_000_000
MAX_FILE_BYTES = 16_000_000


def record_name(paper_id: str) -> str:
    """Return the name of the record that says when the hub was asked about a paper."""
    return f"hub {paper_id}"


def details_downloads(
    wanted: Mapping[str, str], folder: Path, endpoint: Endpoint
) -> list[Download]:
    """Return the downloads for papers.

    Args:
        wanted: ids of arXiv, each with the day of the file that gets it; an empty day for none.
        folder: the folder of the files.
        endpoint: the hub.
    """
    return [
        Download(
            _("Hugging Face: {paper}").format(paper=paper_id),
            partial(_fetch, paper_id, folder / details_file_name(day, "json"), endpoint),
            endpoint.url,
        )
        for paper_id, day in sorted(wanted.items(), key=lambda item: item[1], reverse=True)
    ]


async def _fetch(
    paper_id: str, file: Path, endpoint: Endpoint, client: HttpClient, records: ResponseRecords
) -> int | None:
    """Fetch a paper; see `Download`."""
    try:
        response = await client.get(
            f"{endpoint.url}/api/papers/{paper_id}",
            accept="application/json",
            token=endpoint.token,
            max_bytes=MAX_BYTES,
            allowed_hosts=None,
        )
    except HttpError as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        response = None
    records.set(record_name(paper_id), ResponseRecord(endpoint.url, empty_since=time.time()))
    if response is None:
        return None
    paper = _parsed(response.data)
    if not isinstance(paper, dict) or paper.get("id") != paper_id:
        raise HttpError(_("the response of {host} is not a paper"), host=endpoint.host)
    before = _parsed(saved_response(file, MAX_FILE_BYTES) or b"[]")
    others = (
        [each for each in before if _id_of(each) != paper_id] if isinstance(before, list) else []
    )
    return 1 if save_response(file, orjson.dumps([*others, paper])) else None


def _parsed(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _id_of(paper: object) -> object:
    return paper.get("id") if isinstance(paper, dict) else None
