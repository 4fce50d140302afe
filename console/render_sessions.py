"""Sessions as rows of a list; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_words import role_word
from console.i18n import _
from console.render_time import here
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.text import safe

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.who_is_in import SessionLine

_HOUR = 60


def session_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="number", title=_("no."), width=4),
        Column(name="operator", title=_("operator"), width=10, flexible=True),
        Column(name="role", title=_("role"), width=13),
        Column(name="address", title=_("from where"), width=15),
        Column(name="since", title=_("since"), width=11),
        Column(name="idle", title=_("idle"), width=6),
        Column(name="recorded", title=_("rec."), width=4),
        Column(name="bytes", title=_("bytes/s"), width=7),
        Column(name="terminal", title=_("terminal"), width=14, flexible=True, since=100),
    )


def heads() -> tuple[str, ...]:
    """The same for a terminal, and the key."""
    return (*(column.title for column in session_columns()), _("key"))


def session_cells(line: SessionLine, *, at: datetime, zone: tzinfo | None) -> tuple[str, ...]:
    """One session; whatever came from a client is made safe."""
    return (
        str(line.number),
        safe(line.operator),
        role_word(line.role),
        safe(line.address) or _("this machine"),
        f"{here(line.since, zone):%m-%d %H:%M}",
        _("locked") if line.locked else idle_said(line, at=at),
        _("yes") if line.recorded else "",
        "" if line.bytes_s is None else str(line.bytes_s),
        safe(line.terminal),
    )


def session_row(line: SessionLine, *, at: datetime, zone: tzinfo | None) -> Row:
    """One session in the list."""
    first, second, *rest = session_cells(line, at=at, zone=zone)
    cells = (Tinted(first, ""), Tinted(second, "strong"), *(Tinted(cell, "") for cell in rest))
    return Row(key=line.number, version=hash(cells), mark=(line.number,), cells=cells)


def idle_said(line: SessionLine, *, at: datetime) -> str:
    """For how long nothing was typed; since he came where nothing ever was."""
    minutes = int((at - (line.typed_at or line.since)).total_seconds() // 60)
    return f"{max(minutes, 0) // _HOUR}:{max(minutes, 0) % _HOUR:02}"
