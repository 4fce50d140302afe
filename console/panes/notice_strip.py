"""Lines above the hands: what an administrator tells everybody, and what is about to happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.desk_app import DeskApp
from console.hanging import HANG
from console.i18n import _
from console.render_time import here
from console.widgets.bars import PartsBar
from console.words_packs import kind_said
from store.domain.text import safe

if TYPE_CHECKING:
    from console.looks import Parts

_SHOWN: Final = 3
"""The newest of them; the list keeps the rest of the screen."""


class NoticeStrip(PartsBar):
    """The notices on one screen."""

    DEFAULT_CSS = "NoticeStrip { background: $surface; }"

    def on_mount(self) -> None:
        """Say the first words."""
        self.show(self._lines)

    def _lines(self, _width: int, _height: int) -> tuple[Parts, ...]:
        desk = self.app
        assert isinstance(desk, DeskApp)
        shown = desk.notices[-_SHOWN:]
        lines: list[Parts] = []
        if desk.announced:
            said = _("this session is recorded: the desk keeps what it shows, not what is typed")
            line: Parts = ((" ! ", "soon"), HANG, (said, "soon"))
            if not shown and not desk.standing.only_looks:
                line = (*line, (_("   read: Esc on the board"), "muted"))
            lines.append(line)
        for one in shown:
            at = f"{here(one.at, desk.zone):%H:%M}"
            if one.pack:
                said = _("{at} {pack} {period} is ready: packs").format(
                    at=at, pack=kind_said(one.pack), period=safe(one.text)
                )
            else:
                said = _("{at} {name} to all: {text}").format(
                    at=at, name=safe(_(one.by)), text=safe(one.text)
                )
            line = ((" ! ", "soon"), HANG, (said, "soon"))
            if one is shown[-1] and not desk.standing.only_looks:
                line = (*line, (_("   read: Esc on the board"), "muted"))
            lines.append(line)
        if desk.warning:
            lines.append(((" ! ", "soon"), HANG, (desk.warning, "soon")))
        return tuple(lines)
