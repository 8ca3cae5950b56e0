"""Connections of httpx, one for each proxy that the environment selects."""

from __future__ import annotations

from importlib.metadata import version

import httpx

from tui.i18n import _
from tui.runtime.extras import install_command
from tui.sources.http.errors import UnreachableError
from tui.sources.http.mirrors import has_valid_address
from tui.sources.http.network_errors import network_reason
from tui.sources.http.proxy import environment_proxy
from tui.sources.http.retry import RetryPolicy


class Connections:
    """Clients of httpx by proxy, created when they are needed.

    httpx would select a proxy itself, but fails if it does not know one that is not even needed,
    and ignores networks in ``no_proxy``.

    Args:
        policy: the timeouts.

    Raises:
        UnreachableError: the environment's certificates cannot be used.
    """

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._clients: dict[str | None, httpx.AsyncClient] = {}
        try:
            self._certificates = httpx.create_ssl_context()
        except (ValueError, OSError) as error:
            raise _unusable_environment(network_reason(error)) from error

    def client_for(self, url: httpx.URL) -> httpx.AsyncClient:
        """Return the client for a URL with a valid address.

        Raises:
            UnreachableError: the proxy cannot be used.
        """
        proxy = proxy_for(url)
        if proxy not in self._clients:
            policy = self._policy
            try:
                if proxy is not None and not has_valid_address(httpx.URL(proxy)):
                    raise ValueError(_("its address is invalid"))
                self._clients[proxy] = httpx.AsyncClient(
                    headers={
                        "User-Agent": f"broadsheet/{version('broadsheet')}",
                        "Accept-Encoding": "gzip",
                    },
                    timeout=httpx.Timeout(policy.read_timeout, connect=policy.connect_timeout),
                    verify=self._certificates,
                    proxy=proxy,
                    trust_env=False,
                )
            except ImportError as error:
                why = _("SOCKS needs socksio: {command}").format(command=install_command("fetch"))
                raise _unusable_environment(why) from error
            except (ValueError, OSError, httpx.InvalidURL) as error:
                raise _unusable_environment(network_reason(error)) from error
        return self._clients[proxy]

    async def aclose(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            await client.aclose()


def proxy_for(url: httpx.URL) -> str | None:
    """Return the URL of the proxy that the environment selects for a URL, or None."""
    return environment_proxy(
        url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)
    )


def _unusable_environment(why: str) -> UnreachableError:
    message = _("the environment's proxy or certificates cannot be used: {why}")
    return UnreachableError(message, why=why)
