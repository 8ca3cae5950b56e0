"""Settings that are links: into a folder of dotfiles, a read-only store, or to nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.config.settings_file import change_sources, load_settings
from tui.library.saved_views import save_view
from tui.query.query import Query


@pytest.fixture
def config() -> Iterator[Path]:
    with folder_of_nobody() as folder:
        # Modules and codecs must be loaded before root's privileges are dropped.
        change_sources([folder / "first.toml"], add=[Path("/a")])
        save_view(folder / "first-views.toml", "mine", Query())
        load_settings(folder / "first.toml")
        with as_nobody():
            (folder / "config").mkdir()
            (folder / "store").mkdir()
            yield folder / "config" / "config.toml"


def test_link_to_nowhere_is_reported(config: Path) -> None:
    target = config.parents[1] / "gone" / "config.toml"
    config.symlink_to(target)
    settings, [problem] = load_settings(config)
    expected = f"is a link to {target}, which does not exist"
    assert problem.message == f"{expected}; the defaults are used"
    assert settings.sources == ()
    with pytest.raises(OSError, match=expected):
        change_sources([config], add=[Path("/a")])
    assert config.is_symlink()
    assert not target.parent.exists()


def test_missing_file_is_created_where_a_link_points_to(config: Path) -> None:
    target = config.parents[1] / "store" / "config.toml"
    config.symlink_to(target)
    change_sources([config], add=[Path("/a")])
    assert config.is_symlink()
    assert load_settings(target)[0].sources == (Path("/a"),)


def test_link_to_itself_is_reported_and_kept(config: Path) -> None:
    config.symlink_to(config.name)
    _settings, [problem] = load_settings(config)
    assert "cannot be read" in problem.message
    with pytest.raises(OSError, match="a link to itself"):
        change_sources([config], add=[Path("/a")])
    assert config.is_symlink()


@pytest.mark.parametrize("is_folder_linked", [False, True])
def test_read_only_store_is_named_and_left_alone(config: Path, is_folder_linked: bool) -> None:
    store = config.parents[1] / "store"
    for name in ("config.toml", "views.toml"):
        (store / name).write_text("")
        (config.parent / name).symlink_to(store / name)
    if is_folder_linked:
        for link in config.parent.iterdir():
            link.unlink()
        config.parent.rmdir()
        config.parent.symlink_to(store)
    store.chmod(0o500)
    expected = "comes from {}, which is read-only; make the change there"
    with pytest.raises(OSError, match=expected.format(store / "config.toml")) as raised:
        change_sources([config], add=[Path("/a")])
    assert raised.value.filename == str(config)
    views = config.with_name("views.toml")
    with pytest.raises(OSError, match=expected.format(store / "views.toml")):
        save_view(views, "mine", Query())
    assert (store / "config.toml").read_text() == (store / "views.toml").read_text() == ""
    assert load_settings(config)[1] == []


def test_link_to_nowhere_is_one_warning_of_a_command(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.config.parent.mkdir(parents=True)
    home.config.symlink_to(tmp_path / "gone" / "config.toml")
    listed = home.run("sources")
    assert listed.code == 0
    [line] = listed.err.splitlines()
    assert line.startswith(f"broadsheet: {home.config}: is a link to {tmp_path}/gone/config.toml")
    (tmp_path / "digests").mkdir()
    added = home.run("add", "digests")
    assert added.code == 2
    assert "the settings cannot be written: " in added.err
    assert "which does not exist" in added.err
    assert home.config.is_symlink()
