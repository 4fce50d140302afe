"""`set backup /backups every 2h keep 24 7 4 12`, `设置 备份 关闭`: backups as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_settings import BACKUP, USUAL
from console.measures import measured
from store.domain.dispatch.figures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OFF: Final = ("off", "关闭")
EVERY: Final = ("every", "每")
KEEP: Final = ("keep", "保留")
EXAMPLE: Final = "/backups every 1h keep 24 7 4 12"
_COUNTS: Final = 4


def backups_told(words: Iterable[str]) -> dict[str, Any] | None:
    """What the words ask for; None where they mean nothing."""
    told: dict[str, Any] = {"figure": BACKUP}
    parts: dict[str, list[str]] = {"": []}
    held = parts[""]
    for word in words:
        name = next((one[0] for one in (EVERY, KEEP) if word.casefold() in one), None)
        if name is None:
            held.append(word)
        elif name in parts:
            return None
        else:
            held = parts[name] = []
    return told | more if (more := _read(parts)) else None


def _read(parts: Mapping[str, list[str]]) -> dict[str, Any] | None:
    told: dict[str, Any] = {}
    if len(parts[""]) > 1:
        return None
    for word in parts[""]:
        told["folder"] = "" if word.casefold() in (*OFF, *USUAL) else word
    if "every" in parts:
        told["every_min"] = measured(Unit.MINUTES, "".join(parts["every"]))
    if "keep" in parts:
        counts = " ".join(parts["keep"]).replace("/", " ").split()
        whole = len(counts) == _COUNTS and all(one.isdecimal() and len(one) < 5 for one in counts)
        told["keep"] = tuple(map(int, counts)) if whole else None
    return None if None in told.values() else told
