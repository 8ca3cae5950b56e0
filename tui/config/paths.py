"""Paths of the program's files, by the conventions of the system. Nothing is created here."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("broadsheet", appauthor=False)


def cache_folder() -> Path:
    """Return the folder of the cache, which can be rebuilt from the digests."""
    return _DIRS.user_cache_path


def state_folder() -> Path:
    """Return the folder of the session and other state."""
    return _DIRS.user_state_path


def marks_folder() -> Path:
    """Return the folder of the reader's marks."""
    return state_folder() / "marks"


def data_folder() -> Path:
    """Return the folder of downloaded data."""
    return _DIRS.user_data_path


def clones_folder() -> Path:
    """Return the folder of git clones that are sources."""
    return data_folder() / "clones"


def shared_marks_folder() -> Path:
    """Return the folder of git clones through which machines share marks."""
    return data_folder() / "marks"


def download_folder() -> Path:
    """Return the default folder of ``broadsheet fetch``."""
    return data_folder() / "hub"


def fetch_state_folder() -> Path:
    """Return the folder of the state of ``broadsheet fetch``, such as ETags."""
    return state_folder() / "fetched"


def config_file() -> Path:
    """Return the reader's settings file."""
    return _DIRS.user_config_path / "config.toml"


def config_files() -> list[Path]:
    """Return the settings files: the reader's, then those for all users of the machine."""
    return [folder / config_file().name for folder in _DIRS.iter_config_paths()]


def views_file() -> Path:
    """Return the file of saved views."""
    return _DIRS.user_config_path / "views.toml"


def log_file() -> Path:
    """Return the crash log; older logs are in the same folder."""
    return _DIRS.user_log_path / "broadsheet.log"
