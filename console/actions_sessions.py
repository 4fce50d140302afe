"""Sessions of a served desk, as an action: a list of them, on which one is ended and all are told.

What is done there is no action of every screen: it has no key elsewhere and no word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, Action, Kind, Question
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


SESSION_ACTIONS: tuple[Action, ...] = (
    Action(
        id="sessions",
        keys=("f7",),
        words="sessions 会话",
        label=N_("Sessions"),
        help=N_(
            "who is in over paidan serve, from where, by which key, since when; end one, tell all"
        ),
        group=DESK,
        why_not=_not_open,
    ),
)


def _notice(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.sessions import SendNotice

    return SendNotice(text=told["text"])


NOTICE: Final = replace(
    SESSION_ACTIONS[0],
    make=_notice,
    questions=(Question(name="text", label=N_("notice to every console")),),
)
"""A sentence that every console shows at once."""


def ending(session: int, operator: str) -> Action:
    """The end of one session, once it is confirmed."""

    def make(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
        from store.commands.sessions import EndSession

        return EndSession(session=session, operator=operator)

    label = N_("end this session? its drafts are kept")
    sure = Question(name="sure", label=label, kind=Kind.CONFIRM)
    return replace(SESSION_ACTIONS[0], make=make, questions=(sure,))
