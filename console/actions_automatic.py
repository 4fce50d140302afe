"""Automatic dispatch as actions: its modes, and sending whom the desk proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import DESK, ORDERS, Action, Takes
from console.actions_moves import NO_ORDER
from store.domain.dispatch.automatic import Mode
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


def _nobody(situation: Situation) -> str | None:
    if situation.line is None:
        return NO_ORDER
    nominee = situation.line.nominee
    if nominee is None or nominee.has_it:
        return N_("the desk proposes nobody for this order")
    if situation.line.others and not situation.line.missing:
        return N_("the crew is whole: Who goes (W) asks in whose place")
    return None


def _send(line: BoardLine | None, _told: Told, ask: Ask) -> Command:
    """Asked once more whether he may: since he was proposed the board may have moved on."""
    from console.as_shown import begins
    from store.commands.automatic import SendNominee
    from store.domain.dispatch.refusals import NobodyProposed, NomineeCannot
    from store.queries.recommend import LeftOut, WhoGoes

    assert line is not None
    nominee = line.nominee
    if nominee is None or nominee.has_it:
        raise NobodyProposed(number=line.number)
    found = ask(WhoGoes(number=line.number, about=nominee.id, limit=1, stamped=True))
    if isinstance(found.asked, LeftOut):
        barred = found.asked.barred[0]
        why = N_(barred.sentence).format(**barred.facts)
        raise NomineeCannot(name=nominee.name, number=line.number, why=why)
    return SendNominee(
        number=line.number,
        technician=nominee.id,
        version=line.version,
        stamp=found.asked.stamp if found.asked else None,
        as_of=found.at if found.asked else None,
        place=found.place,
        start_at=begins(found, found.asked, {}) if found.asked else None,
    )


AUTOMATIC_ACTIONS: tuple[Action, ...] = (
    Action(
        id="send_proposed",
        keys=("backslash",),
        words="ap proposed 照派 照建议派",
        label=N_("As proposed"),
        help=N_("send whom the desk proposes for the order (?), if he still may go"),
        group=ORDERS,
        why_not=_nobody,
        as_shown=True,
        make=_send,
        about_order=True,
    ),
    Action(
        id="automatic",
        keys=("circumflex_accent",),
        words="auto automatic 自动派单 自动",
        label=N_("Automatic dispatch"),
        help=N_(
            "whether the desk proposes or sends somebody by itself, by queue and priority:"
            " auto propose, auto act overdue 1, auto off"
        ),
        group=DESK,
        why_not=_not_open,
        takes=Takes.AUTOMATIC,
    ),
)

DROP: Final = "drop"
MODE_SAID: Final[Mapping[str, tuple[str, str]]] = {
    Mode.OFF.value: ("off", "关闭"),
    Mode.PROPOSE.value: ("propose", "建议"),
    Mode.ACT.value: ("act", "直派"),
    DROP: ("drop", "删除"),
}
"""What may be set, and the words for it."""

FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "margin": ("margin", "差距"),
    "accept_min": ("accept", "限时"),
}
"""What a number is said of, and the words for it."""


def set_automatic(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    from store.commands.automatic import SetAutomatic

    given: dict[str, Any] = dict(told)
    mode = given.pop("mode")
    return SetAutomatic(mode=None if mode == DROP else mode, **given)
