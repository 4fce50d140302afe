"""What is installed is what was locked, and whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOMS, ROOT, named

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def _wanted() -> list[str]:
    project = _SETTINGS["project"]
    extras = [need for group in project["optional-dependencies"].values() for need in group]
    return [*project["dependencies"], *extras, *_SETTINGS["dependency-groups"]["dev"]]


def _locked() -> dict[str, str]:
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+)", _LOCK, flags=re.MULTILINE)
    return dict(pinned)


@pytest.mark.parametrize("need", _wanted())
def test_the_lock_satisfies_the_package(need: str) -> None:
    """Changing one without the other would show only on a stranger's machine."""
    requirement = Requirement(need)
    version = _locked()[requirement.name.lower().replace("_", "-")]
    assert requirement.specifier.contains(version, prereleases=True)


def test_the_lock_says_what_and_never_where_from() -> None:
    """Each machine has its own index; the hashes say that it is the same package."""
    lines = [line.strip() for line in _LOCK.splitlines()]
    odd = [line for line in lines if not re.match(r"[a-z0-9-]+==|--hash=sha256:[0-9a-f]{64}", line)]
    assert odd == []
    assert len(_locked()) == _LOCK.count("==") - _LOCK.count(" == ")


def test_the_wheel_carries_what_is_not_python(tmp_path: Path) -> None:
    """A catalogue or a style sheet left out is noticed only where the source tree is not."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--no-index", "--wheel-dir", tmp_path / "out", tmp_path],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [wheel] = (tmp_path / "out").iterdir()
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert [name for name in _files() if name not in inside] == []


def _files() -> list[str]:
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*"))
    return [named(p) for p in paths if p.is_file() and "__pycache__" not in p.parts]
