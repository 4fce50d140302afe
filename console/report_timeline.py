"""The timeline of a played drill: what happened beside what the player did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.page import Section
from store.domain.alarms import QUIET
from store.domain.facts import FACTS
from store.domain.targets import CLOCK_LABELS, ClockKind
from store.domain.timer_kinds import TIMERS, TimerKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from console.drill.gather import Played
    from store.domain.drill.played import Seen

_HAPPENED: Final = frozenset(
    {"created", "declined", "waited", "finished", "reopened", "breached", "rang", "accepted"}
)
"""Facts of others that stand in the timeline."""
_MISSED: Final = frozenset({"breached", "rang"})


def timeline(played: Played) -> Section:
    """Minute by minute."""
    began = played.play.began
    return Section(
        heading=_("What happened, and what you did"),
        heads=(_("minute"), _("it happened"), _("you did")),
        rows=tuple((minute(at, began), it, you) for at, it, you in happened(played)),
    )


def happened(played: Played) -> list[tuple[datetime, str, str]]:
    """By time; what was called out first among what came at once."""
    play = played.play
    told = [(one.at, one.said(), "") for one in played.news if one.at <= play.ended]
    told += [(one.at, _said(one, played), "") for one in _others(played)]
    told += [(one.at, "", _said(one, played)) for one in play.decisions()]
    return sorted(told, key=lambda line: line[0])


def _others(played: Played) -> Iterator[Seen]:
    """What the drill and the desk did; an alarm that rings for a missed deadline says it again."""
    play = played.play
    missed = {(one.number, one.at) for one in play.entries if one.fact == "breached"}
    for one in play.entries:
        tells = one.fact in _HAPPENED and one.body.get("severity") != QUIET
        again = one.fact == "rang" and (one.number, one.at) in missed
        if one.by in play.crew and one.at <= play.ended and tells and not again:
            yield one


def _said(entry: Seen, played: Played) -> str:
    """One entry in a line."""
    words = [f"#{entry.number}", _(FACTS.get(entry.fact, entry.fact))]
    if entry.fact == "assigned":
        words.append("→ " + played.people.get(entry.body.get("technician") or 0, "?"))
    if entry.fact == "created":
        order = played.play.orders.get(entry.number or 0)
        words += [f"P{order.priority}", order.title] if order is not None else []
    about = [_about(entry)] if entry.fact in _MISSED else []
    about += [
        text for name, text in sorted(entry.words.items()) if name in {"note", "reason"} and text
    ]
    said = " ".join(words)
    return said + "".join(_(": {what}").format(what=one) for one in about if one)


def _about(entry: Seen) -> str:
    """Which clock, or what it rings for."""
    return about(str(entry.body.get("clock"))) or about(str(entry.body.get("kind")))


def about(word: str) -> str:
    """What a clock or a timer is called; empty for none."""
    if word in CLOCK_LABELS:
        return _(CLOCK_LABELS[ClockKind(word)])
    return _(TIMERS[TimerKind(word)].label) if word in TIMERS else ""


def spent(seconds: float | None) -> str:
    """Minutes and seconds; a dash for what never was."""
    if seconds is None:
        return "–"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def minute(at: datetime, began: datetime) -> str:
    """How far into the play."""
    return spent(max(0.0, (at - began).total_seconds()))
