"""Paths of the reader's files and of those that come with the program. Nothing is created here."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("broadsheet", appauthor=False)
_PACKAGE = Path(__file__).resolve().parents[1]

NO_HOME = Path("/nonexistent")
"""Stands for the home folder if ``HOME`` is not set and the user has no entry in the list of
accounts, as in containers. Nothing is found or can be created there."""


def _user_folder(kind: str) -> Path:
    """Return the reader's folder for the cache, config, data, log or state."""
    try:
        return Path(getattr(_DIRS, f"user_{kind}_path"))
    except RuntimeError:
        return NO_HOME / kind


def cache_folder() -> Path:
    """Return the folder of the cache, which can be rebuilt from the digests."""
    return _user_folder("cache")


def texts_folder() -> Path:
    """Return the folder of the full texts that were fetched, which can be fetched again."""
    return cache_folder() / "texts"


def state_folder() -> Path:
    """Return the folder of the session and other state."""
    return _user_folder("state")


def marks_folder() -> Path:
    """Return the folder of the reader's marks."""
    return state_folder() / "marks"


def clones_folder() -> Path:
    """Return the folder of git clones that are sources."""
    return _user_folder("data") / "clones"


def shared_marks_folder() -> Path:
    """Return the folder of git clones through which machines share marks."""
    return _user_folder("data") / "marks"


def download_folder() -> Path:
    """Return the default folder of ``broadsheet fetch``."""
    return _user_folder("data") / "hub"


def arxiv_folder() -> Path:
    """Return the folder of the lists of arXiv categories."""
    return _user_folder("data") / "arxiv"


def feeds_folder() -> Path:
    """Return the folder of the feeds that the reader subscribes to."""
    return _user_folder("data") / "feeds"


def details_folder() -> Path:
    """Return the folder of what servers know about single papers."""
    return _user_folder("data") / "details"


def summaries_folder() -> Path:
    """Return the folder of the summaries that the reader's commands printed."""
    return _user_folder("data") / "summaries"


def export_folder() -> Path:
    """Return the only folder for exports in restricted mode."""
    return _user_folder("data") / "exports"


def fetch_state_folder() -> Path:
    """Return the folder of the state of ``broadsheet fetch``, such as ETags."""
    return state_folder() / "fetched"


def config_file() -> Path:
    """Return the reader's settings file."""
    return _user_folder("config") / "config.toml"


def config_files() -> list[Path]:
    """Return the settings files: the reader's, then those for all users of the machine."""
    own = config_file()
    return [own, *(folder / own.name for folder in _site_config_folders())]


def _site_config_folders() -> list[Path]:
    try:
        return list(_DIRS.iter_config_paths())[1:]
    except RuntimeError:
        return [_DIRS.site_config_path]


def views_file() -> Path:
    """Return the file of saved views."""
    return _user_folder("config") / "views.toml"


def log_file() -> Path:
    """Return the crash log; older logs are in the same folder."""
    return _user_folder("log") / "broadsheet.log"


def own_folders() -> list[Path]:
    """Return the folders that belong to Broadsheet alone; there may be others in them, too."""
    folders = [
        config_file().parent, cache_folder(), state_folder(), clones_folder().parent,
        log_file().parent,
    ]  # fmt: skip
    return list(dict.fromkeys(folders))


def _find(name: str) -> Path:
    """Return a folder that comes with the program."""
    # Wheels contain the folders inside the package; in a checkout, they are next to it.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def sample_data() -> Path:
    """Return the folder of the sample digests."""
    return _find("sample_data")


def stylesheets(*names: str) -> list[Path]:
    """Return the paths of stylesheets.

    Args:
        names: the names of stylesheets; without names, all are returned, ``app`` first.
    """
    folder = _find("styles")
    if names:
        return [folder / f"{name}.tcss" for name in names]
    return sorted(folder.glob("*.tcss"), key=lambda path: (path.stem != "app", path.name))
