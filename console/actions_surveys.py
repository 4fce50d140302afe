"""What customers say of delivered work, as actions: whom to ask, what he answered, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import DESK, ORDERS, Action, Kind, Question
from console.actions_moves import NO_ORDER
from store.domain.lifecycle import STATES, Category
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_UNDELIVERED = N_("order {number} is {state}: its customer is asked once the work is done")

CSAT = Question(
    name="csat",
    label=N_("how content, 1 (not at all) to 5 (very); - for no answer"),
    kind=Kind.CSAT,
    asks=N_("how content, 1-5"),
)
NPS = Question(
    name="nps",
    label=N_("whether to recommend us, 0 (never) to 10 (surely); nothing or - for no answer"),
    kind=Kind.NPS,
    optional=True,
    asks=N_("recommend us, 0-10"),
)
SAID = Question(
    name="said", label=N_("in the customer's own words"), optional=True, asks=N_("own words")
)
CAUSE = Question(
    name="cause",
    label=N_(
        "root cause: design, material, workmanship, communication, schedule, third-party, use,"
        " unknown"
    ),
    kind=Kind.CAUSE,
    asks=N_("root cause"),
)
CONTAINED = Question(
    name="contained", label=N_("what was done about it at once"), asks=N_("done at once")
)
_NOTE = Question(name="note", label=N_("note"), optional=True)


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


def _delivered(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    spec = STATES.get(line.state)
    if spec is not None and spec.category is not Category.DONE:
        return _UNDELIVERED.format(number=line.number, state=spec.label)
    return None


def rating(number: int, told: Told, *, version: int) -> Command:
    """What the customer answered, from the answers to the questions."""
    from store.commands.heard import RateOrder

    given = {name: told[name] for name in ("csat", "nps") if told.get(name) not in {None, ""}}
    return RateOrder(number=number, **given, said=told.get("said", ""), version=version)


def finding(number: int, told: Told, *, version: int) -> Command:
    """Why he was unhappy, from the answers to the questions."""
    from store.commands.heard import FindCause

    done = told.get("contained", "")
    return FindCause(number=number, cause=told["cause"], contained=done, version=version)


def _rate(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    assert line is not None
    return rating(line.number, told, version=line.version)


def _refused(line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
    from store.commands.heard import RefuseSurvey

    assert line is not None
    return RefuseSurvey(number=line.number)


def _missed(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.heard import MissCustomer

    assert line is not None
    return MissCustomer(number=line.number, note=told.get("note", ""))


def _cause(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    assert line is not None
    return finding(line.number, told, version=line.version)


SURVEY_ACTIONS: tuple[Action, ...] = (
    Action(
        id="surveys",
        keys=("f4",),
        words="surveys 待回访满意度",
        label=N_("Surveys"),
        help=N_("which customers to ask about delivered work, and which answers were bad"),
        group=DESK,
        why_not=_not_open,
    ),
    Action(
        id="rate",
        keys=("f10",),
        words="rate 满意度",
        label=N_("Rate"),
        help=N_("what the customer answers: how content, whether to recommend us, his words"),
        group=ORDERS,
        why_not=_delivered,
        questions=(CSAT, NPS, SAID),
        make=_rate,
        about_order=True,
    ),
    Action(
        id="survey_refused",
        keys=("ctrl+a",),
        words="unwilling 拒答",
        label=N_("No answer"),
        help=N_("the customer does not want to answer the survey"),
        group=ORDERS,
        why_not=_delivered,
        make=_refused,
        about_order=True,
    ),
    Action(
        id="survey_missed",
        keys=("ctrl+s",),
        words="unreached 未联系上",
        label=N_("Not reached"),
        help=N_("the customer was called for the survey, and nobody answered"),
        group=ORDERS,
        why_not=_delivered,
        questions=(_NOTE,),
        make=_missed,
        about_order=True,
    ),
    Action(
        id="cause",
        keys=("f12",),
        words="cause 归因",
        label=N_("Root cause"),
        help=N_("why a customer was unhappy, and what was done about it at once"),
        group=ORDERS,
        why_not=_delivered,
        questions=(CAUSE, CONTAINED),
        make=_cause,
        about_order=True,
    ),
)
