"""Files of an order as text: what they were, and what became of them; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from store.domain.attachments import FileNow
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from console.looks import Parts
    from store.queries.files import FileLine

NOW: Final[Mapping[FileNow, str]] = {
    FileNow.SAME: N_("unchanged"),
    FileNow.CHANGED: N_("! changed since"),
    FileNow.TOUCHED: N_("written since, as long as it was"),
    FileNow.MISSING: N_("! not there"),
    FileNow.UNREADABLE: N_("cannot be looked at"),
}
"""How a file stands, as a card says it."""
_TONES: Final[Mapping[FileNow, str]] = {
    FileNow.SAME: "good",
    FileNow.CHANGED: "overdue",
    FileNow.MISSING: "overdue",
}
_STEP: Final = 1024


def file_lines(files: Iterable[FileLine]) -> Iterator[Parts]:
    """Each with its state; below it where it lies, and its hash, whole: somebody may copy it."""
    for file in files:
        note = f"  {safe(file.note)}" if file.note else ""
        yield (
            (f"{safe(file.name)} ", "strong"),
            (f"{size_said(file.size)}  ", "muted"),
            (_(NOW[file.now]), _TONES.get(file.now, "muted")),
            (note, ""),
        )
        yield ((f"  {safe(file.path)}", "muted"),)
        yield ((f"  SHA-256 {file.sha256}", "muted"),)


def file_said(file: FileLine) -> str:
    """The same in one line, for a script's table."""
    said = (file.name, size_said(file.size), _(NOW[file.now]), file.note, file.path, file.sha256)
    return _(", ").join(safe(text) for text in said if text)


def trace_said(body: Mapping[str, Any], words: Mapping[str, str], now: FileNow) -> str:
    """What an entry of the trace tells of its file."""
    size = body.get("size")
    said = (
        words.get("name", ""),
        size_said(size) if isinstance(size, int) else "",
        _(NOW[now]),
        words.get("note", ""),
    )
    return _(", ").join(safe(text) for text in said if text)


def size_said(size: int) -> str:
    """A number of bytes, short."""
    shown, units = float(size), ["B", "KiB", "MiB", "GiB"]
    while shown >= _STEP and len(units) > 1:
        shown /= _STEP
        units.pop(0)
    return f"{shown:.0f} {units[0]}" if units[0] == "B" else f"{shown:.1f} {units[0]}"
