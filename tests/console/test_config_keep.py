"""A setting that was chosen with a key stands in the file at the next start."""

from __future__ import annotations

import errno
import stat
import tomllib
from typing import TYPE_CHECKING

import pytest

from console.config_keep import CannotKeep, keep

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[desk]\ntheme = "light"\n'),
        ('[keys]\nassign = "d"\n', '[keys]\nassign = "d"\n\n[desk]\ntheme = "light"\n'),
        (
            '# mine\n[desk] # here\nbell = false\ntheme = "dark"\n[keys]\n',
            '# mine\n[desk] # here\nbell = false\ntheme = "light"\n[keys]\n',
        ),
        ("[desk]\nbell = true\n", '[desk]\ntheme = "light"\nbell = true\n'),
    ],
)
def test_one_line_changes_and_no_other(before: str, after: str, tmp_path: Path) -> None:
    """What a person wrote there, remarks too, stays as he wrote it."""
    file = tmp_path / "config.toml"
    if before:
        file.write_text(before, encoding="utf-8")
    keep(file, "theme", "light")
    assert file.read_text(encoding="utf-8") == after
    assert tomllib.loads(after)["desk"]["theme"] == "light"
    assert [one.name for one in tmp_path.iterdir()] == ["config.toml"]


def test_the_file_stays_whose_and_where_it_was(tmp_path: Path) -> None:
    """Nobody else can read it who could not before, and a link leads to it still."""
    file, link = tmp_path / "kept" / "config.toml", tmp_path / "config.toml"
    file.parent.mkdir()
    file.write_text("[desk]\n", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    keep(link, "theme", "light")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == '[desk]\ntheme = "light"\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says what it said before."""
    file = tmp_path / "config.toml"
    file.write_text("[desk]\n", encoding="utf-8")

    def full(*_there: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="no room"):
        keep(file, "theme", "light")
    assert [one.name for one in tmp_path.iterdir()] == ["config.toml"]
    assert file.read_text(encoding="utf-8") == "[desk]\n"


@pytest.mark.parametrize(
    "text", ["[desk\n", 'desk = { theme = "dark" }\n', '[desk]\nstore = """\ntheme = 1\n"""\n']
)
def test_a_file_that_cannot_take_it_is_left_alone(text: str, tmp_path: Path) -> None:
    """Broken, or written another way: nobody's settings are spoilt for a colour."""
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CannotKeep):
        keep(file, "theme", "light")
    assert file.read_text(encoding="utf-8") == text
