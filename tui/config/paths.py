"""Where the system wants our files to lie. Nothing is created on import, nor by asking."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("broadsheet", appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be made again from the digests."""
    return _DIRS.user_cache_path


def state_folder() -> Path:
    """Return the folder of what the program remembers by itself."""
    return _DIRS.user_state_path


def marks_folder() -> Path:
    """Return the folder of what the reader adds to papers."""
    return state_folder() / "marks"


def data_folder() -> Path:
    """Return the folder of what was fetched from elsewhere for the reader."""
    return _DIRS.user_data_path


def clones_folder() -> Path:
    """Return the folder of the repositories that were cloned to be sources."""
    return data_folder() / "clones"


def shared_marks_folder() -> Path:
    """Return the folder of the repositories through which marks are shared."""
    return data_folder() / "marks"


def download_folder() -> Path:
    """Return the folder of the digests that are fetched, unless the settings name another."""
    return data_folder() / "hub"


def fetch_state_folder() -> Path:
    """Return the folder of what is remembered of fetched digests besides them."""
    return state_folder() / "fetched"


def config_file() -> Path:
    """Return the file of the reader's settings."""
    return _DIRS.user_config_path / "config.toml"


def config_files() -> list[Path]:
    """Return the files of settings: the reader's, and after it those for all of the machine."""
    return [folder / config_file().name for folder in _DIRS.iter_config_paths()]


def views_file() -> Path:
    """Return the file of the views that the reader keeps under a name."""
    return _DIRS.user_config_path / "views.toml"


def log_file() -> Path:
    """Return the file in which failures are told that nobody foresaw; older ones lie beside it."""
    return _DIRS.user_log_path / "broadsheet.log"
