"""Subscribe to web feeds, and end subscriptions."""

from __future__ import annotations

from pathlib import Path

from tui.cli import output
from tui.config.paths import config_files, feeds_folder
from tui.config.settings_file import change_feeds
from tui.sources.feeds.feed_urls import is_feed_url


def subscribe(url: str) -> Path:
    """Fetch a feed and add it to the settings; return the folder of all feeds.

    Raises:
        CommandError: it cannot be fetched, is not a feed, or the settings cannot be written.
    """
    from tui.cli.fetch_lists import download
    from tui.library import download_plan
    from tui.sources.http import missing_dependency_message
    from tui.sources.http.mirrors import is_valid_endpoint
    from tui.sources.http.retry import DEFAULT_POLICY

    if unable := missing_dependency_message():
        raise output.CommandError(unable)
    if not is_valid_endpoint(url.partition("?")[0]):
        raise output.CommandError(f"{url}: not a valid web address")
    result = download(download_plan.feeds([url]), DEFAULT_POLICY)
    if result.failures:
        raise output.CommandError(f"{url}: {result.failures[0].message}")
    with output.command_errors(ValueError, prefix="the settings cannot be written: "):
        change_feeds(config_files(), add=(url,))
    return feeds_folder()


def unsubscribe(url: str) -> bool:
    """Remove a feed from the settings; return whether it was there. Its files are kept.

    Raises:
        CommandError: the settings cannot be written.
    """
    from tui.cli.source_selection import settings_with_warnings

    if not is_feed_url(url) or url not in settings_with_warnings().feeds:
        return False
    with output.command_errors(ValueError, prefix="the settings cannot be written: "):
        change_feeds(config_files(), remove=(url,))
    return True
