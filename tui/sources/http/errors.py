"""Errors of requests; their messages are sentences for the reader."""

from __future__ import annotations


class HttpError(Exception):
    """A request failed; the message is a sentence for the reader.

    Args:
        template: the message, translated, with a ``{placeholder}`` for each value.
        status_code: the status of the response; 0 if the status is not the reason.
        **values: the values.
    """

    def __init__(self, template: str, *, status_code: int = 0, **values: object) -> None:
        super().__init__(template.format(**values))
        self.status_code = status_code


class UnreachableError(HttpError):
    """A server cannot be reached at all, or not now, so other requests would fail as well."""


class TransientError(Exception):
    """A request failed, but may succeed if repeated; the client handles this itself.

    Attributes:
        wait: how many seconds the server asked to wait; None if it did not.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait
