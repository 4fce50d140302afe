"""The moves of an order as actions: what a key does to the order under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.actions_kinds import ORDERS, Action, Kind, Question
from store.domain.lifecycle import LIVE_VISITS, MOVES, STATES, Move
from store.domain.moves_refusals import CannotFrom, IncidentRuns, NeedsInsisting, NobodyHasIt
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.actions_kinds import Ask, Make, Situation, Told, WhyNot
    from store.domain.intents import Command
    from store.queries.board import BoardLine

NO_ORDER = N_("no order is chosen")
_OF_A_VISIT = frozenset({Move.ACCEPT, Move.DECLINE, Move.DEPART, Move.ARRIVE, Move.FINISH})
_HELD = frozenset(state.value for state in LIVE_VISITS)

_TECHNICIAN = Question(
    name="technician",
    label=N_("who goes (code or name)"),
    kind=Kind.TECHNICIAN,
    asks=N_("who goes"),
)
_DECLINES = Question(
    name="technician",
    label=N_("which of them declines it (code or name)"),
    kind=Kind.MEMBER,
    asks=N_("who declines"),
    when=lambda line: line is not None and bool(line.others),
    means=N_("{technician} declines it; the others keep it"),
)
_REASON = Question(name="reason", label=N_("why"))
_WAKE = Question(
    name="wake_at",
    label=N_("wake me at (15:00, +2h, tomorrow 9:00)"),
    kind=Kind.WHEN,
    asks=N_("wake me at"),
)
_ORIGINAL = Question(
    name="duplicate_of",
    label=N_("number of the original order"),
    kind=Kind.NUMBER,
    asks=N_("original order"),
)


def _forbids(move: Move) -> WhyNot:
    spec = MOVES[move]

    def why_not(situation: Situation) -> str | None:
        line = situation.line
        if line is None:
            return NO_ORDER
        if line.state in spec.sources | spec.override:
            return None
        return _sentence(CannotFrom.sentence, line, move)

    return why_not


def _wants_insisting(move: Move) -> WhyNot:
    spec = MOVES[move]

    def insist(situation: Situation) -> str | None:
        line = situation.line
        if line is None or line.state not in spec.sources | spec.override:
            return None
        runs = None
        if move is Move.FINISH and _leaves_cases(line):
            runs = N_(IncidentRuns.sentence).format(number=line.number, count=line.under)
        if line.state in spec.sources:
            return runs
        nobody = move is Move.FINISH and _nobody_has(line)
        skips = _sentence((NobodyHasIt if nobody else NeedsInsisting).sentence, line, move)
        return skips if runs is None else N_("{what}; {besides}").format(what=runs, besides=skips)

    return insist


def _leaves_cases(line: BoardLine | None) -> bool:
    """Whether whoever finishes it next finishes a major incident of which cases are open."""
    return line is not None and line.under > 0 and line.hands <= 1


def _wants_the_word(line: BoardLine | None) -> bool:
    return _nobody_has(line) or _leaves_cases(line)


def _nobody_has(line: BoardLine | None) -> bool:
    return line is not None and line.technician_name is None


def _may_be_anothers(move: Move) -> Callable[[Situation], bool]:
    """Whether a second technician further back may make it; a line shows only the one furthest."""

    def store_decides(situation: Situation) -> bool:
        line = situation.line
        return move in _OF_A_VISIT and line is not None and line.state.value in _HELD

    return store_decides


def _sentence(template: str, line: BoardLine, move: Move) -> str:
    return N_(template).format(
        number=line.number, move=MOVES[move].label, state=STATES[line.state].label
    )


def _making(move: Move) -> Make:
    def make(line: BoardLine | None, told: Told, ask: Ask) -> Command:
        from console.heeding import broken
        from store.commands.moves import MoveOrder

        assert line is not None
        sends = move is Move.ASSIGN and told.get("technician") is not None
        return MoveOrder(
            number=line.number,
            move=move,
            version=line.version,
            technician=told.get("technician"),
            reason=told.get("reason", ""),
            wake_at=told.get("wake_at"),
            duplicate_of=told.get("duplicate_of"),
            insist=bool(told.get("insist")),
            also=bool(told.get("also")),
            instead=told.get("instead"),
            against=broken(line.number, told, ask) if sends else (),
        )

    return make


def _move(move: Move, **row: Any) -> Action:
    return Action(
        id=move.value,
        group=ORDERS,
        why_not=_forbids(move),
        store_decides=_may_be_anothers(move),
        insist=_wants_insisting(move),
        options=("insist", "also", "swap") if move is Move.ASSIGN else ("insist",),
        make=_making(move),
        about_order=True,
        **row,
    )


MOVE_ACTIONS: tuple[Action, ...] = (
    _move(
        Move.ASSIGN,
        keys=("d",),
        words="d as assign dispatch 派 派单 派给",
        label=N_("Dispatch"),
        help=N_("give the order to a technician, or to another one"),
        questions=(_TECHNICIAN,),
        footer=1,
    ),
    _move(
        Move.ACCEPT,
        keys=("c",),
        words="c accept 接 接单",
        label=N_("Accept"),
        help=N_("the technician has taken the order; this stops the respond clock"),
        footer=2,
    ),
    _move(
        Move.DEPART,
        keys=("o",),
        words="o way depart 出发 在途",
        label=N_("On the way"),
        help=N_("the technician has set out"),
        footer=3,
    ),
    _move(
        Move.ARRIVE,
        keys=("i",),
        words="i arrive 到场 到达",
        label=N_("Arrive"),
        help=N_("the technician is on site; this stops the arrive clock"),
        footer=4,
    ),
    _move(
        Move.WAIT,
        keys=("w",),
        words="w wait 等 等待",
        label=N_("Wait"),
        help=N_("the order waits for a reason until a time; clocks that may pause stand still"),
        questions=(_REASON, _WAKE),
        footer=5,
    ),
    _move(
        Move.RESUME,
        keys=("r",),
        words="r resume 恢复 继续",
        label=N_("Resume"),
        help=N_("the waiting is over"),
        footer=12,
    ),
    _move(
        Move.FINISH,
        keys=("f",),
        words="f finish done 完工 完",
        label=N_("Finish"),
        help=N_("the work is done; this stops the resolve clock"),
        footer=6,
        by_word=_wants_the_word,
    ),
    _move(
        Move.VERIFY,
        keys=("y",),
        words="y verify 验收 核验",
        label=N_("Verify"),
        help=N_("somebody has seen that the work is good"),
        footer=13,
    ),
    _move(
        Move.CLOSE,
        keys=("x",),
        words="x close 关闭 关",
        label=N_("Close"),
        help=N_("the order leaves the desk"),
        footer=11,
    ),
    _move(
        Move.REOPEN,
        keys=("ctrl+e",),
        words="ro reopen 重开",
        label=N_("Reopen"),
        help=N_("it was not over after all; the closed time is not counted"),
        questions=(_REASON,),
    ),
    _move(
        Move.DECLINE,
        keys=("b",),
        words="b back decline 退单 退回 退",
        label=N_("Decline"),
        help=N_("the technician cannot take it; the order looks for another one"),
        questions=(_DECLINES, _REASON),
    ),
    _move(
        Move.CANCEL,
        keys=("X",),
        words="ca cancel 取消 作废",
        label=N_("Cancel"),
        help=N_("nobody needs it any more"),
        questions=(_REASON,),
    ),
    _move(
        Move.DUPLICATE,
        keys=("equals_sign",),
        words="dup duplicate merge 重复 合并",
        label=N_("Duplicate"),
        help=N_("it is the same as another order, which keeps its words, caller and chases"),
        questions=(_ORIGINAL,),
    ),
)
