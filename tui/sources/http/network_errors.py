"""Why a connection failed, in the words of the operating system."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

from tui.sanitize import escape_unprintable


def error_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and the errors that caused it."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def network_reason(error: Exception) -> str:
    """Return the operating system's message for a network error."""
    for cause in error_causes(error):
        if isinstance(cause, OSError) and cause.errno:
            # asyncio's own message names the address, but not the reason.
            is_name_error = isinstance(cause, socket.gaierror)
            return str(cause.strerror) if is_name_error else os.strerror(cause.errno)
    return first_line(error) or type(error).__name__


def first_line(error: Exception) -> str:
    """Return the printable first line of an error's message."""
    return escape_unprintable(next(iter(str(error).splitlines()), ""))
