"""Fetch the text of papers from the sources that have it, the best one first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import quote

from tui.i18n import _
from tui.paper_ids import arxiv_id_of
from tui.runtime.extras import how_to_install
from tui.runtime.task import UNATTENDED, Progress, Task
from tui.sanitize import clean
from tui.sources.arxiv.endpoint import arxiv_endpoint
from tui.sources.fulltext import FullText, TextOrigin, TextUnavailableError, TextUnreachableError
from tui.sources.fulltext.pdf import MAX_PDF_BYTES, missing_pdf_message, pdf_markdown
from tui.sources.http.cancellation import run_until_cancelled
from tui.sources.http.client import HttpClient
from tui.sources.http.errors import HttpError, UnreachableError
from tui.sources.http.mirrors import Endpoint
from tui.sources.http.retry import DEFAULT_POLICY, RetryPolicy
from tui.sources.huggingface.endpoint import endpoint_from_environment

MAX_PAGE_BYTES = 12_000_000
"""The longest papers take about ten megabytes, most of it MathML."""

MAX_MARKDOWN_BYTES = 4_000_000

MIN_MARKDOWN_CHARS = 3_000
"""Characters of the hub's Markdown. A shorter text is only the summary, which the hub sends
if arXiv has no HTML."""

POLICY = DEFAULT_POLICY._replace(attempts=2, max_wait=30.0, total_timeout=60.0)
"""A reader waits for a text, and there are other sources of it."""


class TextEndpoints(NamedTuple):
    """The servers that have texts.

    Attributes:
        hub: the Hugging Face hub.
        arxiv: arXiv.
    """

    hub: Endpoint
    arxiv: Endpoint


def text_endpoints(arxiv_setting: str = "") -> TextEndpoints:
    """Return the servers that the environment and a setting select.

    Raises:
        HttpError: one of them is invalid.
    """
    return TextEndpoints(endpoint_from_environment(), arxiv_endpoint(arxiv_setting))


def fetch_text(
    paper_id: str,
    endpoints: TextEndpoints,
    task: Task = UNATTENDED,
    policy: RetryPolicy = POLICY,
) -> FullText:
    """Fetch the text of a paper.

    Args:
        paper_id: the canonical id of the paper.
        endpoints: the servers.
        task: gets the waits, and can cancel while a response is awaited.
        policy: timeouts and retries.

    Raises:
        TextUnavailableError: no source has a text, or none can be reached.
        TaskCancelledError: the task was cancelled.
    """

    async def fetch() -> FullText:
        async with text_client(policy, task) as client:
            return await client.fetch(paper_id, endpoints, task)

    return run_until_cancelled(fetch(), task)


@asynccontextmanager
async def text_client(policy: RetryPolicy, task: Task) -> AsyncIterator[TextClient]:
    """Provide a client, whose connections are closed at the end.

    Raises:
        TextUnavailableError: the environment's certificates cannot be used.
    """
    try:
        http = HttpClient(policy, lambda wait: task.report(Progress(0, 0, wait_seconds=wait)))
    except UnreachableError as error:
        raise TextUnavailableError(str(error)) from error
    try:
        yield TextClient(http)
    finally:
        await http.aclose()


class TextClient:
    """Fetches texts over the same connections.

    Args:
        http: the connections.
    """

    def __init__(self, http: HttpClient) -> None:
        self._http = http

    async def fetch(self, paper_id: str, endpoints: TextEndpoints, task: Task) -> FullText:
        """Fetch the text of a paper; see ``fetch_text``."""
        arxiv_id = arxiv_id_of(paper_id)
        if arxiv_id is None:
            text = _("Only papers on arXiv have a text that can be fetched.")
            raise TextUnavailableError(text)
        sources: tuple[_Source, ...] = (
            lambda: self._hub_markdown(arxiv_id, endpoints.hub),
            lambda: self._arxiv_page(arxiv_id, endpoints.arxiv),
            lambda: self._pdf(arxiv_id, endpoints.arxiv, task),
        )
        reasons: list[str] = []
        error_class: type[TextUnavailableError] = TextUnavailableError
        for source in sources:
            try:
                return await source()
            except (HttpError, TextUnavailableError) as error:
                reasons.append(str(error))
                # A refusal, which has a status, says nothing about other papers.
                if isinstance(error, UnreachableError) and not error.status_code:
                    error_class = TextUnreachableError
        # Many papers are not on the hub, so that arXiv's reasons say more. The last one may be
        # what to install, which must not be cut off.
        why = "; ".join(dict.fromkeys(reversed(reasons[1:])))
        text = _("No text of {paper}: {why}")
        raise error_class(text.format(paper=paper_id, why=why))

    async def _hub_markdown(self, arxiv_id: str, hub: Endpoint) -> FullText:
        url = f"{hub.url}/papers/{quote(arxiv_id)}.md"
        response = await self._http.get(
            url, accept="text/markdown, text/plain;q=0.9", token=hub.token,
            max_bytes=MAX_MARKDOWN_BYTES,
        )  # fmt: skip
        text = clean(response.data.decode("utf-8", "replace")).strip() if response else ""
        # The hub sends a web page if it has no text.
        if text.startswith("<") or len(text) < MIN_MARKDOWN_CHARS:
            raise TextUnavailableError(_("{host} has no text").format(host=hub.host))
        return FullText(arxiv_id, text + "\n", TextOrigin.HUB, url)

    async def _arxiv_page(self, arxiv_id: str, arxiv: Endpoint) -> FullText:
        if command := how_to_install("selectolax", "fetch"):
            text = _("reading arXiv's pages needs selectolax: {command}")
            raise TextUnavailableError(text.format(command=command))
        from tui.sources.fulltext.latexml.document_element import page_markdown
        from tui.sources.fulltext.latexml.markup import MarkupError

        response = await self._http.get(
            f"{arxiv.url}/html/{quote(arxiv_id)}", accept="text/html", max_bytes=MAX_PAGE_BYTES
        )
        if response is None:
            raise TextUnavailableError(_("{host} has no text").format(host=arxiv.host))
        page = response.data.decode("utf-8", "replace")
        try:
            markdown = page_markdown(page, response.url)
        except MarkupError as error:
            text = _("the page from {host} has markup that cannot be read ({why})")
            raise TextUnavailableError(text.format(host=arxiv.host, why=error)) from error
        if not markdown.strip():
            text = _("the page from {host} was not made by LaTeXML")
            raise TextUnavailableError(text.format(host=arxiv.host))
        return FullText(arxiv_id, markdown, TextOrigin.ARXIV, response.url)

    async def _pdf(self, arxiv_id: str, arxiv: Endpoint, task: Task) -> FullText:
        if missing := missing_pdf_message():
            raise TextUnavailableError(missing)
        response = await self._http.get(
            f"{arxiv.url}/pdf/{quote(arxiv_id)}", accept="application/pdf", max_bytes=MAX_PDF_BYTES
        )
        markdown = pdf_markdown(response.data, task) if response else ""
        if not markdown:
            raise TextUnavailableError(_("its PDF has no text"))
        return FullText(arxiv_id, markdown, TextOrigin.PDF, response.url if response else "")


_Source = Callable[[], Coroutine[Any, Any, FullText]]
