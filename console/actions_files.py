"""Files of orders, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import ORDERS, Action, Names, Question
from console.actions_moves import NO_ORDER
from store import reach
from store.domain.errors import OutOfReach
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_PATH = Question(
    name="path",
    label=N_("path of the file on this machine, also /plan.pdf; in quotes where it holds ;"),
    asks=N_("the file"),
    names=Names.PATH,
)
_FILE = Question(
    name="file",
    label=N_(
        "which file: its name, path or the beginning of its SHA-256; nothing for the only one"
    ),
    asks=N_("which file"),
    optional=True,
    names=Names.FILE,
)
_WHAT = Question(name="text", label=N_("what it is"), optional=True)


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _needs_file(situation: Situation) -> str | None:
    return OutOfReach.sentence if reach.is_shut() else _needs_order(situation)


def _attach(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from console.attaching import attaching

    assert line is not None
    return attaching(line, told["path"], told["text"])


def _detach(line: BoardLine | None, told: Told, ask: Ask) -> Command:
    from console.detaching import detaching

    assert line is not None
    return detaching(line, told["file"], ask)


FILE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="attach",
        keys=("left_curly_bracket", "「"),
        words="attach 附件",
        label=N_("Attach"),
        help=N_("a file on this machine belongs to it: path, size and hash are kept, no copy"),
        group=ORDERS,
        why_not=_needs_file,
        questions=(_PATH, _WHAT),
        make=_attach,
        about_order=True,
    ),
    Action(
        id="detach",
        keys=("right_curly_bracket", "」"),
        words="detach 移除附件",
        label=N_("Detach"),
        help=N_("a file belongs to it no more; the trace keeps that it did, undo brings it back"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_FILE,),
        make=_detach,
        about_order=True,
    ),
)
