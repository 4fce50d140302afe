"""Every action by its key, in both languages: each does what it is for, or shows what it opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.actions import ACTIONS
from console.actions_kinds import Kind, refusal
from console.screens.board import BoardScreen
from scheduler.automatic import dispatch_waiting
from store.commands.automatic import SetAutomatic
from store.commands.exceptions import SetExceptionLimit
from store.commands.orders import NewOrder
from store.commands.people import SaveAbsence
from store.commands.undo import Undo
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from console.actions_kinds import Action, Question
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

LIVES: dict[str, tuple[Move, ...]] = {
    "accepted": (Move.ASSIGN, Move.ACCEPT),
    "going": (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    "there": (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
    "waiting": (Move.ASSIGN, Move.ACCEPT, Move.WAIT),
    "done": (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH),
}
ANSWERS = {
    Kind.TEXT: "two words",
    Kind.WHEN: "+2h",
    Kind.TECHNICIAN: "L2",
    Kind.MEMBER: "L1",
    Kind.PRIORITY: "2",
    Kind.CSAT: "1",
    Kind.NPS: "9",
    Kind.CAUSE: "design",
    Kind.LASTS: "90",
    Kind.CREW: "2",
    Kind.WINDOW: "+2h",
    Kind.NUMBER: "5",
    Kind.CONFIRM: "",
}
AT_THE_END = ("quit",)
FIRST = (
    *("send_proposed", "shelve", "unshelve", "acknowledge", "duplicate"),
    *("survey_missed", "survey_refused", "rate", "cause"),
)
"""While orders ring, most of them are at the desk, and somebody is proposed for some.

While something is done and not closed, too; and who is unhappy has answered before.
"""
COMMANDS = [ACTIONS[name] for name in FIRST] + [
    action for action in ACTIONS.values() if action.make is not None and action.id not in FIRST
]
SCREENS = [a for a in ACTIONS.values() if a.make is None and a.id not in AT_THE_END]
ROUNDS = 4
"""What follows from another (done again, taken off the shelf) comes a round later."""


def lived(records: Records) -> None:
    """One order more in each state of its life."""
    for title, steps in LIVES.items():
        asked = NewOrder(title=title, priority=3, site="S1", customer="C1")
        number = do(records, asked, at=MONDAY).numbers[0]
        for step in steps:
            told: dict[str, Any] = {"technician": "L1"} if step is Move.ASSIGN else {}
            if step is Move.WAIT:
                told = {"reason": "parts", "wake_at": MONDAY + timedelta(hours=3)}
            move(records, number, step, **told)
    move(records, 4, Move.ASSIGN, technician="L3")
    do(records, Undo())  # so that he is recalled
    do(records, SetAutomatic(mode="propose"))
    do(records, SetExceptionLimit(kind="price", operator=2))
    while dispatch_waiting(records, at=MONDAY).more:
        pass
    began, ends = MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=9)
    do(records, SaveAbsence(technician="L3", starts_at=began, ends_at=ends))  # he may be back


def answer(question: Question) -> str:
    """What an operator would say."""
    if question.name == "deviation":
        return "price 5"
    if question.name == "path":
        return __file__
    if question.name == "file":
        return ""
    if question.kind is Kind.OUTCOME:
        return "1"
    return question.start or ANSWERS[question.kind]


async def came_back(ana: Operator) -> None:
    """Leave whatever is open, until the keys belong to the board."""
    for _try in range(6):
        await ana.rests()
        board = ana.desk.screen
        if isinstance(board, BoardScreen):
            hands = board.hands
            if hands.errand is None and not hands.command.is_open:
                return
        await ana.press("escape")
    raise AssertionError("no way back to the board:\n" + "\n".join(ana.screen()))


async def done_once(ana: Operator, records: Records, action: Action) -> bool:
    """Try an action on the orders of the board, until one lets it be done."""
    for queue in ("1", "minus"):
        await ana.press(queue)
        await ana.press("home")
        for _row in range(12):
            await ana.rests()
            board = ana.desk.screen
            assert isinstance(board, BoardScreen)
            if refusal(action, board.situation()) is None:
                head = records.head()
                await ana.press(action.keys[0])
                await _answered(ana)
                if records.head() > head:
                    await ana.sees("✓ ")
                    return True
                await came_back(ana)
            await ana.press("down")
    return False


async def _answered(ana: Operator) -> None:
    board = ana.desk.screen
    assert isinstance(board, BoardScreen)
    await ana.rests()
    if board.hands.command.is_open:  # the verb stands there, with whom it may mean
        await ana.press("enter")
    for _question in range(5):
        await ana.rests()
        errand = board.hands.errand
        if errand is None or errand.question is None:
            break
        before = errand.question
        await ana.press("ctrl+u")
        await ana.types(answer(before)) if answer(before) else await ana.press("enter")
        if board.hands.errand is not None and board.hands.errand.question is before:
            break  # refused
    await ana.rests()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_command_is_done_by_its_key(records: Records, language: str) -> None:
    """Each once at least, on some order that stands so."""
    lived(records)
    left = [action for action in COMMANDS if action.id != "new"]
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        for _round in range(ROUNDS):
            for action in tuple(left):
                if await done_once(ana, records, action):
                    left.remove(action)
                await came_back(ana)
    assert [action.id for action in left] == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_other_key_shows_what_it_did(records: Records, language: str) -> None:
    """A screen, a pane, a line: no key leaves the operator without a sign."""
    silent = []
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        for action in SCREENS:
            await ana.press("1")
            before, screen = ana.screen(), ana.desk.screen
            await ana.press(action.keys[0])
            for _look in range(200):
                if ana.screen() != before or ana.desk.screen is not screen:
                    break
                await ana.pilot.pause(0.01)
            else:
                silent.append(action.id)
            if action.id == "language":
                await ana.press(action.keys[0])
            if action.id == "technicians":
                await ana.press(action.keys[0])
            await came_back(ana)
    assert silent == ["refresh"]  # what is shown is the present already
