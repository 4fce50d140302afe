"""An errand between its key and its command."""

from __future__ import annotations

import pytest

from console.actions import ACTIONS
from console.attaching import attaching
from console.errand import Errand
from console.who_goes import why_again
from store.domain.errors import BadInput
from tests.console.lines import MONDAY, line

WAIT = ACTIONS["wait"]


def waiting(**texts: str) -> Errand:
    """The errand of waiting for order 7."""
    return Errand.begin(WAIT, line(7), texts, None)


def test_questions_are_asked_in_turn() -> None:
    """First why, then until when."""
    errand = waiting()
    errand.take("no key", at=MONDAY, zone=None)
    assert errand.question is WAIT.questions[1]
    errand.take("+1h", at=MONDAY, zone=None)
    assert errand.question is None
    assert errand.told["reason"] == "no key"


def test_a_wrong_answer_leaves_the_question_open_and_the_text_kept() -> None:
    """Nobody types a sentence twice."""
    errand = waiting()
    errand.take("no key", at=MONDAY, zone=None)
    with pytest.raises(BadInput):
        errand.take("whenever", at=MONDAY, zone=None)
    assert (errand.question, errand.text) == (WAIT.questions[1], "whenever")


def test_a_draft_is_offered_again() -> None:
    """What was typed before Esc stands in the line the next time."""
    assert waiting(reason="half a sen").text == "half a sen"


def test_a_needed_answer_cannot_be_left_out() -> None:
    """Enter on an empty line is a slip, not an answer."""
    with pytest.raises(BadInput, match="nothing was given"):
        waiting().take("  ", at=MONDAY, zone=None)


def test_the_same_answers_are_sent_under_the_same_key() -> None:
    """The first commit may be stored and its answer lost: then it must not happen twice."""
    errand = waiting()
    errand.told = {"reason": "no key"}
    first = errand.sending()
    assert errand.sending() == first
    errand.told = {"reason": "no key, no ladder"}
    assert errand.sending() != first


def test_after_a_lost_race_one_yes_is_enough() -> None:
    """The answers are kept, the order is the one that is now."""
    errand = waiting(reason="no key")
    errand.told = {"reason": "no key"}
    errand.ask_again(line(7, version=2), None)
    assert errand.text == ""
    errand.take("", at=MONDAY, zone=None)
    assert (errand.question, errand.told["reason"]) == (None, "no key")
    assert errand.line is not None
    assert errand.line.version == 2


def test_the_answer_that_was_not_taken_is_asked_for_again() -> None:
    """A path that is none, and not what was said of it after that."""
    errand = Errand.begin(ACTIONS["attach"], line(7), {}, None)
    for answer in ("/nowhere/plan.pdf", "wiring"):
        errand.take(answer, at=MONDAY, zone=None)
    with pytest.raises(BadInput) as refused:
        attaching(line(7), errand.told["path"], errand.told["text"])
    assert "plan.pdf" in why_again(errand, refused.value, at=MONDAY)
    assert errand.text == "/nowhere/plan.pdf"
