"""The drill's own line above the hands: what it calls out, covering nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk_app import DeskApp
from console.render_drill import drill_lines
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from console.looks import Parts


class DrillStrip(PartsBar):
    """What was called out last, or the outage while it lasts."""

    DEFAULT_CSS = "DrillStrip { background: $surface; }"

    def on_mount(self) -> None:
        """Say the first words."""
        self.show(self._lines)

    def _lines(self, width: int, _height: int) -> tuple[Parts, ...]:
        desk = self.app
        assert isinstance(desk, DeskApp)
        at, outage = desk.now(), desk.standing.outage
        return drill_lines(desk.called, outage, at=at, zone=desk.zone, cells=width)
