"""The proxy that the environment selects for a server."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.request import getproxies, proxy_bypass

_SOCKS_SCHEMES = ("socks", "socks5", "socks5h")
"""GNOME writes ``socks``. Host names are always resolved by the proxy, as ``socks5h`` demands."""


def environment_proxy(scheme: str, host: str, port: int) -> str | None:
    """Return the URL of the proxy for a server; None for a direct connection.

    Args:
        scheme: ``http`` or ``https``, for ``http_proxy`` and ``https_proxy``; ``all_proxy`` is for
            both.
        host: the server's name or address, without brackets.
        port: its port.

    Returns:
        A URL as written in the environment, which may be invalid, but has a scheme. SOCKS proxies
        have the scheme ``socks5``.
    """
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or _is_excluded(host, port, proxies.get("no", "")):
        return None
    proxy_scheme, separator, rest = proxy.partition("://")
    if not separator:
        return f"http://{proxy}"
    return f"socks5://{rest}" if proxy_scheme.lower() in _SOCKS_SCHEMES else proxy


def _is_excluded(host: str, port: int, no_proxy: str) -> bool:
    """Return whether a server is in ``no_proxy``: names, domains, addresses and networks."""
    # The standard library knows the system's settings too, but no networks.
    if proxy_bypass(f"{host}:{port}"):
        return True
    entries = no_proxy.replace(",", " ").split()
    return "*" in entries or any(_is_in_network(host, entry) for entry in entries)


def _is_in_network(host: str, network: str) -> bool:
    try:
        return ip_address(host) in ip_network(network.strip("[]"), strict=False)
    except ValueError:
        return False
