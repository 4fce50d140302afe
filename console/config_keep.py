"""Keeps one setting in the config file, and everything else in it as it was written."""

from __future__ import annotations

import os
import re
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from console.config import plain_text

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = re.compile(r"\s*\[\s*([^\]]*?)\s*\]\s*(#.*)?")


class CannotKeep(Exception):
    """The file is written in a way that a line cannot be put into."""


def keep(path: Path, name: str, value: str) -> None:
    """Write `name` under [desk]; makes the file where there is none. OSError, CannotKeep."""
    before = plain_text(path) if path.exists() else ""
    after = _with(before, name, f'{name} = "{value}"')
    try:
        held, now = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise CannotKeep(str(error)) from error
    if now != _told(held, name, value):
        raise CannotKeep
    path.parent.mkdir(parents=True, exist_ok=True)
    real = path.resolve()  # a link stays a link
    beside = real.with_name(f"{real.name}.{os.getpid()}.new")
    try:
        beside.write_text(after, encoding="utf-8")
        if real.exists():
            beside.chmod(real.stat().st_mode & 0o777)
        beside.replace(real)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _told(held: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    return {**held, "desk": {**held.get("desk", {}), name: value}}


def _with(text: str, name: str, line: str) -> str:
    """The text with the line under [desk], in the place of the one that said it before."""
    lines = text.splitlines()
    setting = re.compile(rf"\s*{name}\s*=")
    table, head = "", None
    for place, old in enumerate(lines):
        found = _TABLE.fullmatch(old)
        if found is not None:
            table = found[1]
            head = place if table == "desk" else head
        elif table == "desk" and setting.match(old):
            return "\n".join([*lines[:place], line, *lines[place + 1 :]]) + "\n"
    if head is None:
        return "\n".join([*lines, *([""] if lines else []), "[desk]", line]) + "\n"
    return "\n".join([*lines[: head + 1], line, *lines[head + 1 :]]) + "\n"
