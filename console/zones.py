"""In which time zone this machine stands, by the name that calendars know it by."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

_LINK, _NAME = Path("/etc/localtime"), Path("/etc/timezone")
_SHELF = "zoneinfo/"


def zone_here(
    environ: Mapping[str, str] = os.environ, *, link: Path = _LINK, name: Path = _NAME
) -> str:
    """The zone's name, such as Asia/Shanghai; UTC where the machine does not tell."""
    told = next((told for told in _told(environ, link, name) if _is_zone(told)), "UTC")
    return told.removeprefix("Etc/") if told == "Etc/UTC" else told


def zone_named(name: str, otherwise: tzinfo | None) -> tzinfo | None:
    """The zone of a site, as the store has its name; else another one."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):  # this machine does not know it
        return otherwise


def called(zone: tzinfo | None, at: datetime) -> str:
    """A zone's own name; None is this machine's."""
    if zone is None:
        return zone_here()
    return zone.key if isinstance(zone, ZoneInfo) else zone.tzname(at) or ""


def _told(environ: Mapping[str, str], link: Path, name: Path) -> Iterator[str]:
    yield environ.get("TZ", "").removeprefix(":").rpartition(_SHELF)[2]
    with suppress(OSError):
        yield str(link.readlink()).rpartition(_SHELF)[2]
    with suppress(OSError, ValueError):
        yield name.read_text(encoding="ascii").strip()


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
