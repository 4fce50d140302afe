"""What a drill is, before one plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions import ACTIONS, first_sign
from console.i18n import _
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.drilling import Drill
    from console.looks import Parts

_HOUR_S = 3600


class BriefingScreen(ReadingScreen):
    """Read once; Esc leads to the desk."""

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill

    def title_line(self) -> str:
        """Which script is played."""
        return _("Drill: {script}").format(script=self._drill.script)

    def lines(self) -> tuple[Parts, ...]:
        """What is different here, what is asked of the player, and how it ends."""
        drill, keys = self._drill, self.desk.keys
        ends = drill.ends_at.astimezone(self.desk.zone).strftime("%H:%M")
        minutes = round((drill.ends_at - drill.began).total_seconds() / 60)
        here = (
            _("This is a copy of your desk. Whatever you do here, your own desk does not change.")
            if drill.copied
            else _("This is a throw-away desk. Whatever you do here, no real desk changes.")
        )
        said = (
            (here, "strong"),
            ("", ""),
            (
                _(
                    "Everything goes {speed} times faster than life: what a level promises, travel,"
                    " work, waits. An hour is {seconds} s here; the clocks on the screen are true"
                    " minutes and seconds."
                ).format(speed=f"{drill.pace.speed:g}", seconds=round(_HOUR_S / drill.pace.speed)),
                "",
            ),
            (
                _(
                    "Technicians say yes or no, set out, arrive, work and finish by themselves. But"
                    " nobody sends them: that is your part ({dispatch})."
                ).format(dispatch=_key("assign", keys)),
                "",
            ),
            (
                _(
                    "Things will go wrong. What happens is called out, and stands on its order:"
                    " write down what was agreed ({note}), tell the customer in time ({update})."
                ).format(note=_key("note", keys), update=_key("update", keys)),
                "",
            ),
            (
                _(
                    "It lasts {minutes} minutes and ends by itself at {ends}; {quit} ends it"
                    " before. Then you are told what it came to. The time is running."
                ).format(minutes=minutes, ends=ends, quit=_key("quit", keys)),
                "",
            ),
            ("", ""),
            (_("Esc: to the desk"), "soon"),
        )
        return tuple((part,) for part in said)


def _key(action: str, keys: Mapping[str, tuple[str, ...]]) -> str:
    return first_sign(ACTIONS[action], keys)
