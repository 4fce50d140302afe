"""Somebody else is faster: whatever form is open on the order, no word that was typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from console.actions import ACTIONS
from console.actions_kinds import refusal
from console.screens.board import BoardScreen
from store.commands.contact import NoteOrder
from store.commands.follow_ups import PromiseFollowUp
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do
from tests.journeys.test_every_action import answer, came_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Action
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

FORMS: Final = [action for action in ACTIONS.values() if action.about_order and action.questions]
"""Every form that is opened on an order."""
MIND_NOTHING: Final = {
    *(
        "note",
        "update",
        "promise",
        "keep",
        "chase",
        "shelve",
        "outcome",
        "survey_missed",
        "exception",
    ),
}
"""Those that are right however else the order has changed: they are done, the words with them."""

LACKS: Final = {"tell_all", "detach"}
"""Refused for another reason first; the words are kept all the same."""


def board_of(ana: Operator) -> BoardScreen:
    """The board, which is on top."""
    board = ana.desk.screen
    assert isinstance(board, BoardScreen)
    return board


async def opened(ana: Operator, action: Action) -> int:
    """Open a form on the first order that lets it be opened; the order's number."""
    for queue in ("1", "minus"):
        await ana.press(queue)
        await ana.press("home")
        for _row in range(12):
            board = board_of(ana)
            if refusal(action, board.situation()) is None:
                await ana.press(action.keys[0])
                errand = board.hands.errand
                if errand is not None and errand.line is not None:
                    return errand.line.number
            await ana.press("down")
    raise AssertionError(f"no order for {action.id}")


@pytest.mark.parametrize("action", FORMS, ids=lambda action: action.id)
async def test_a_conflict_loses_no_word(lived_records: Records, action: Action) -> None:
    """What was typed stands in the form that is offered again, or in it when it is next opened."""
    records = lived_records
    do(records, PromiseFollowUp(number=1, due_at=MONDAY + timedelta(hours=1), note="call"))
    typed: dict[str, str] = {}
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        number = await opened(ana, action)
        hands = board_of(ana).hands
        do(records, NoteOrder(number=number, text="somebody was faster"))
        head = records.head()
        while hands.errand is not None and hands.errand.question is not None:
            question = hands.errand.question
            typed[question.name] = answer(question)
            await ana.press("ctrl+u")
            await ana.types(typed[question.name])
            if question is action.questions[-1]:
                break
        for _look in range(1000):
            if not hands.busy_with(number):
                break
            await ana.pilot.pause(0.01)
        if action.id in MIND_NOTHING:
            assert records.head() > head
            return
        assert records.head() == head
        await ana.sees("✗ " if action.id in LACKS else "was changed by")
        kept: Mapping[str, str] = hands.errand.texts if hands.errand is not None else {}
        kept = kept or ana.desk.drafts.newest((action.id, number)).texts
        said = {q.name for q in action.questions}
        words = {name: text for name, text in typed.items() if name in said and text}
        assert {name: kept.get(name) for name in words} == words
        await came_back(ana)
        await ana.press(action.keys[0])
        again = hands.errand
        if again is not None:
            left, before = ({n: t for n, t in x.items() if t} for x in (again.texts, kept))
            assert left == before
