"""Every action by its key: each does what it is for, or shows what it opens.

In Chinese: each of its words is an English one that took its way through the catalogue, so what
fails in English fails here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.actions import ACTIONS
from console.actions_kinds import Kind, refusal
from console.screens.board import BoardScreen
from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.actions_kinds import Action, Question
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

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
ROUNDS = 12
"""What follows from another (done again, taken off the shelf) comes a round later."""


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


Place = tuple[str, int]
"""The key of a queue, and how many rows from its top."""


async def possible(ana: Operator, actions: Iterable[Action]) -> dict[str, Place]:
    """Where on the board each may be done first; those for which there is no place are left out."""
    found: dict[str, Place] = {}
    for queue in ("1", "minus"):
        await ana.press(queue, "home")
        for row in range(12):
            found |= {
                action.id: (queue, row)
                for action in actions
                if action.id not in found and _may_be_done(ana, action)
            }
            if not await _down(ana):
                break
    return found


async def _down(ana: Operator) -> bool:
    """Go down one row; whether there was one."""
    board = ana.desk.screen
    assert isinstance(board, BoardScreen)
    before = board.situation().line
    await ana.press("down")
    return board.situation().line != before


def _may_be_done(ana: Operator, action: Action) -> bool:
    board = ana.desk.screen
    assert isinstance(board, BoardScreen)
    return refusal(action, board.situation()) is None


async def done_once(ana: Operator, records: Records, action: Action, place: Place) -> bool:
    """Try an action there, and on the orders of the board where another is there by now."""
    queue, row = place
    await ana.press(queue, "home", *["down"] * row)
    if _may_be_done(ana, action) and await _done_here(ana, records, action):
        return True
    for queue in ("1", "minus"):
        await ana.press(queue, "home")
        for _row in range(12):
            if _may_be_done(ana, action) and await _done_here(ana, records, action):
                return True
            if not await _down(ana):
                break
    return False


async def _done_here(ana: Operator, records: Records, action: Action) -> bool:
    head = records.head()
    await ana.press(action.keys[0])
    await _answered(ana)
    if records.head() > head:
        await ana.sees("✓ ")
        return True
    await came_back(ana)
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


async def test_every_command_is_done_by_its_key(lived_records: Records) -> None:
    """Each once at least, on some order that stands so."""
    left = [action for action in COMMANDS if action.id != "new"]
    async with at_the_console(lived_records, language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        for _round in range(ROUNDS):
            places = await possible(ana, left)
            for action in [action for action in left if action.id in places]:
                if await done_once(ana, lived_records, action, places[action.id]):
                    left.remove(action)
                await came_back(ana)
            if not left:
                break
    assert [action.id for action in left] == []


async def test_every_other_key_shows_what_it_did(records: Records) -> None:
    """A screen, a pane, a line: no key leaves the operator without a sign."""
    silent = []
    async with at_the_console(records, language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        for action in SCREENS:
            await ana.press("1")
            before, screen = ana.screen(), ana.desk.screen
            await ana.press(action.keys[0])
            for _look in range(20):
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
