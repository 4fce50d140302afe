"""Every key, what it does, and why it cannot be used now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.actions import ACTIONS, keys_of, sign
from console.actions_kinds import refusal
from console.hanging import HANG
from console.help_finding import FILTERS, SIGNS
from console.i18n import _
from console.keys_in_force import usual
from console.render_automatic import explained
from console.screens.reading import ReadingScreen
from store.domain.lifecycle import STATES
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from console.actions_kinds import Action, Situation
    from console.looks import Parts

_MOVED: Final[Mapping[tuple[str, ...], str]] = {
    ("table.up", "table.down"): N_("the order above or below"),
    ("table.page_up", "table.page_down", "table.half_up", "table.half_down"): N_(
        "a page or half a page"
    ),
    ("table.first", "table.last"): N_("the first and the last order"),
}
"""What moves about by keys that can be chosen."""
_MOVING: Final[Mapping[str, str]] = {
    ".": N_("bring the list up to date: new orders wait until you say so"),
    "Enter": N_("everything about the order"),
    "Tab": N_("from the orders to the technicians and back"),
    "1 ... 9 0 -": N_("choose a queue"),
    "Esc": N_("leave a prompt, what you wrote is kept; on the orders, take the filter off"),
}
_KEYS: Final = 18
"""How wide the keys that move about are."""


class HelpScreen(ReadingScreen):
    """Generated from the table of actions."""

    def __init__(self, situation: Situation, own: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._situation = situation
        self._own = own or {}
        """Keys that only the screen below has."""
        self._keys = self._label = 0
        """How wide the keys and the names of what they do are."""

    def title_line(self) -> str:
        """What this is."""
        return _("Keys")

    def lines(self) -> tuple[Parts, ...]:
        """Group by group."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Parts]:
        if self._own:
            yield from _rows(_("this list"), self._own)
        groups = dict.fromkeys(action.group for action in ACTIONS.values())
        self._keys = 2 + max(cell_len(self._signs(action)) for action in ACTIONS.values())
        self._label = 2 + max(cell_len(_(action.label)) for action in ACTIONS.values())
        for group in groups:
            yield ((_(group), "heading"),)
            actions = [action for action in ACTIONS.values() if action.group == group]
            reasons = {refusal(action, self._situation) for action in actions}
            shared = reasons.pop() if len(reasons) == 1 else None
            if shared is not None:
                yield ((_("not now: {why}").format(why=_(shared)), "muted"),)
            for action in actions:
                yield from self._action(action, said=shared)
            yield ()
        states = {spec.sign: spec.label for spec in STATES.values()}
        for heading, rows in (
            (_("the letter of a state"), states),
            (_("signs in a row"), SIGNS),
            (_("automatic dispatch"), dict(explained())),
            (_("moving about"), self._moving()),
            (_("what a filter finds"), FILTERS),
        ):
            yield from _rows(heading, rows)

    def _moving(self) -> Mapping[str, str]:
        every = {**usual(), **self.desk.keys}
        moved = {
            " ".join(sign(key) for name in names for key in every[name]): text
            for names, text in _MOVED.items()
        }
        return {**moved, **_MOVING}

    def _action(self, action: Action, *, said: str | None) -> Iterator[Parts]:
        why = refusal(action, self._situation)
        may = why is None
        yield (
            (_wide(self._signs(action), self._keys), "key" if may else "faint"),
            (_wide(_(action.label), self._label), "strong" if may else "faint"),
            HANG,
            (_(action.help), ""),
            (f"  : {' '.join(action.verbs)}", "muted"),
        )
        if why is not None and why != said:
            text = _("not now: {why}").format(why=_(why))
            yield ((" " * (self._keys + self._label), ""), HANG, (text, "muted"))

    def _signs(self, action: Action) -> str:
        return " ".join(sign(key) for key in keys_of(action, self.desk.keys))


def _rows(heading: str, rows: Mapping[str, str]) -> Iterator[Parts]:
    yield ((heading, "heading"),)
    for keys, text in rows.items():
        yield ((_wide(keys, _KEYS), "key"), HANG, (_(text), ""))
    yield ()


def _wide(text: str, cells: int) -> str:
    return text + " " * max(1, cells - cell_len(text))
