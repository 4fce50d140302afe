"""Two lines above the hands: the step of the tour that is to be done, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions import ACTIONS, first_sign
from console.actions_kinds import refusal
from console.desk_app import DeskApp
from console.i18n import _
from console.looks import cut, spread
from console.render_bars import QUEUE_KEYS
from console.tour import HELD, LAST, OFFER, STEPS
from console.widgets.bars import PartsBar
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Situation
    from console.looks import Part, Parts
    from console.tour import Step, Tour


class TourStrip(PartsBar):
    """The tour on one screen."""

    DEFAULT_CSS = "TourStrip { background: $surface; }"

    def on_mount(self) -> None:
        """Say the first words."""
        self.show(self._lines)

    def _lines(self, width: int, _height: int) -> tuple[Parts, ...]:
        assert isinstance(self.app, DeskApp)
        tour, keymap = self.app.tour, self.app.keys
        if tour is None:
            return ()
        keys = {name: first_sign(ACTIONS[name], keymap) for name in _NAMED}
        now: Situation = self.screen.situation()  # type: ignore[attr-defined]  # ours all have it
        about, how, leave = _said(tour, keys, now)
        return cut(about, width), spread(how, ((leave, "muted"),), width)


_NAMED = ("tour", "help", "palette", *(step.action for step in STEPS))


def _said(tour: Tour, keys: Mapping[str, str], now: Situation) -> tuple[Parts, Parts, str]:
    """What it is about, how to do it, and what leads away."""
    step = tour.step
    if tour.offered:
        how = _("   {tour} begins it; {help} tells of it later, too").format(**keys)
        return ((f" {_(OFFER)}", "strong"),), ((how, ""),), _("Esc not now ")
    if step is None:
        how = _("   {tour} leads through it again at any time").format(**keys)
        return ((f" {_(LAST).format(**keys)}", "good"),), ((how, ""),), _("Esc closes this ")
    head = _(" Tour {place}/{count}  ").format(place=tour.place, count=len(STEPS))
    about = ((head, "key"), (_(step.says).format(key=keys[step.action]), "strong"))
    leave = _("{tour} skips, Esc to the board ") if now.only_it else _("{tour} skips, Esc leaves ")
    return about, (_how(tour, step, now, keys),), leave.format(**keys)


def _how(tour: Tour, step: Step, now: Situation, keys: Mapping[str, str]) -> Part:
    """Which order it would be about, or why the key can do nothing now."""
    why = refusal(ACTIONS[step.action], now)
    if why is not None:
        way = "" if now.only_it else _("; ↓ or 1 shows others")
        return f"   {_(why)}{way}", "soon"
    if tour.passed:
        return f"   {_(tour.passed).format(key=keys['acknowledge'])}", "soon"
    line = now.line
    if line is None or not ACTIONS[step.action].about_order:
        return "", ""
    if step.action == "assign" and line.technician_name:
        place = QUEUE_KEYS[list(QUEUES).index("unassigned")]
        said = _(HELD).format(number=line.number, technician=line.technician_name, queue=place)
        return said, "soon"
    return _("   now on #{number}").format(number=line.number), "muted"
