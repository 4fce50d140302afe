"""The files of the house, for the tests that look at all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("console", "scheduler", "store")
_BESIDE: Final = (
    "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "requirements.lock",
    ".gitignore", ".ci/run",
)  # fmt: skip


def sources(*rooms: str) -> Iterator[Path]:
    """Every Python file of these rooms, in order."""
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def modules(*rooms: str) -> list[str]:
    """Every module that can be imported; migrations are loaded by alembic as files."""
    dotted = (path.relative_to(ROOT).with_suffix("").as_posix() for path in sources(*rooms))
    names = (name.removesuffix("/__init__").replace("/", ".") for name in dotted)
    return [name for name in names if ".migrations" not in name]


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file that is committed, with what it says."""
    paths = [ROOT / name for name in _BESIDE]
    for folder in (*ROOMS, "deploy", "docs", "tests"):
        paths += sorted((ROOT / folder).rglob("*"))
    for path in paths:
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # data, not text


def named(path: Path) -> str:
    """A file as one speaks of it: from the top of the tree."""
    return path.relative_to(ROOT).as_posix()
