"""Files of orders, as an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import ORDERS, Action, Question
from console.actions_moves import NO_ORDER
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_PATH = Question(name="path", label=N_("path of the file on this machine"), asks=N_("the file"))
_WHAT = Question(name="text", label=N_("what it is"), optional=True)


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _attach(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from console.attaching import attaching

    assert line is not None
    return attaching(line, told["path"], told["text"])


FILE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="attach",
        keys=("left_curly_bracket", "「"),
        words="attach 附件",
        label=N_("Attach"),
        help=N_("a file on this machine belongs to it: path, size and hash are kept, no copy"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_PATH, _WHAT),
        make=_attach,
        about_order=True,
    ),
)
