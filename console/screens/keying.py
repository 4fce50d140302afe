"""The last line of a screen: its keys, or those of the line that is open on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import BindingsMap
from textual.dom import DOMNode

from console.i18n import _
from console.looks import spread
from console.panes.putting_by import PuttingBy
from console.screens.touring import Touring
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from datetime import datetime

    from console.looks import Parts


class Keying(Touring):
    """While somebody writes, letters are text: no other key is told than those that end it."""

    _putting_by: tuple[PuttingBy, ...] = ()
    """Its hands, which stand as long as it does."""
    _status_told: object = None

    @classmethod
    def _merge_bindings(cls) -> BindingsMap:
        """What Textual makes of a class and all before it, with theirs taken as it is.

        A dozen screens stand behind the board, which would make a hundred keys anew for each.
        """
        nodes = (one for one in cls.__bases__ if issubclass(one, DOMNode))
        made = [one._merged_bindings for one in nodes]  # noqa: SLF001
        before = made[0]
        if len(made) > 1 or before is None:
            return super()._merge_bindings()
        keys = before.key_to_bindings
        if own := cls.__dict__.get("BINDINGS"):
            keys = keys | BindingsMap(own).key_to_bindings
        return BindingsMap.from_keys(keys)

    def keep(self) -> None:
        """What stands in an open line outlives the console."""
        if not all(hands.parent for hands in self._putting_by) or not self._putting_by:
            self._putting_by = tuple(self.query(PuttingBy))
        for hands in self._putting_by:
            hands.keep_typed()

    def renew_status(self, at: datetime) -> None:
        """Make the first line anew, where it tells something else than at the last tick."""
        told = self.desk.standing.told(at)
        if told is None or told != self._status_told:
            self.query_one("#status", PartsBar).renew()
        self._status_told = told

    def show_keys(self) -> None:
        """From now on, and whenever a line opens or closes."""
        bar = self.query_one("#keys", PartsBar)
        bar.show(self._keys_told)
        self.watch(self, "focused", bar.renew, init=False)

    def _keys_told(self, width: int, height: int) -> tuple[Parts, ...]:
        line = self.focused
        if line is None or not line.check_consume_key("x", "x"):
            return self._keys(width, height)
        keys = ((" Enter ", "key"), (_("goes on") + " ", ""), (" Esc ", "key"), (_("leaves"), ""))
        return (spread(keys, (), width),)

    def _keys(self, width: int, height: int) -> tuple[Parts, ...]:
        """The keys of the screen; to be filled by it."""
        raise NotImplementedError
