"""The table of actions: complete, spoken in both languages, without two owners of a key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from console.actions import ACTIONS, FOOTER, README, keys_of, with_keys
from console.actions_kinds import Situation
from console.grammar.verbs import VERBS
from console.i18n import _, in_every_language, use
from console.screens.working import WorkingScreen
from console.widgets.work_table import WorkTable
from store.domain.lifecycle import MOVES, STATES, Move, State
from tests.console.lines import MONDAY, line

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def chinese() -> Iterator[None]:
    """The desk speaks Chinese for the length of a test."""
    use("zh_CN")
    yield
    use("en")


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_is_described_in_both_languages(name: str, chinese: None) -> None:
    """A key that nobody explains is a trap."""
    action = ACTIONS[name]
    asked = [question.label for question in action.questions]
    for text in (action.label, action.help, action.group, *asked):
        assert text
        assert _(text) != text, f"no Chinese for {text!r}"


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_can_be_done(name: str) -> None:
    """Either it makes a command, or some screen knows it by its name."""
    from console.screens.board import BoardScreen

    action = ACTIONS[name]
    assert action.make is not None or hasattr(BoardScreen, f"do_{name}")


def test_no_key_has_two_meanings() -> None:
    """Neither among the actions nor between them and the list that has the focus."""
    keys = Counter(key for action in ACTIONS.values() for key in action.keys)
    table = {
        key.strip()
        for binding in WorkTable.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    assert [key for key, times in keys.items() if times > 1 or key in table] == []


def test_every_move_of_the_lifecycle_has_a_key() -> None:
    """A state that no key leads to cannot be reached by hand."""
    assert {move.value for move in Move} <= set(ACTIONS)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_move_is_refused_in_the_words_of_the_lifecycle(state: State, move: Move) -> None:
    """The footer and the store must never disagree."""
    why = ACTIONS[move.value].why_not(Situation(at=MONDAY, line=line(7, state)))
    spec = MOVES[move]
    if state in spec.sources | spec.override:
        assert why is None
    else:
        assert why == f"order 7 cannot {spec.label} while it is {STATES[state].label}"


def test_without_an_order_nothing_is_done_to_one() -> None:
    """An empty list has a cursor and no order under it."""
    nothing = Situation(at=MONDAY)
    for action in ACTIONS.values():
        if action.about_order:
            assert action.why_not(nothing) == "no order is chosen", action.id


def test_the_footer_begins_with_the_life_of_an_order() -> None:
    """The keys used all day are those seen at eighty columns."""
    assert [action.id for action in FOOTER[:5]] == ["assign", "accept", "depart", "arrive", "wait"]


def test_an_operator_may_choose_his_keys() -> None:
    """What the config file says wins, for the footer as for the key itself."""
    assert keys_of(ACTIONS["finish"], {"finish": ("f9",)}) == ("f9",)
    assert keys_of(ACTIONS["finish"], {}) == ("f",)


def test_bindings_are_named_after_their_actions() -> None:
    """A keymap finds them by these names."""
    named = {binding.id for binding in WorkingScreen.BINDINGS if isinstance(binding, Binding)}
    assert named == set(ACTIONS)


def test_the_readme_lists_the_keys_as_they_are() -> None:
    """After a change: python -m console.actions."""
    text = README.read_text(encoding="utf-8")
    assert with_keys(text) == text
    assert "| `d` | Dispatch |" in text
    assert "`d` `as` `assign` `dispatch` `派` `派单` `派给`" in text


def test_an_action_can_be_typed_as_it_is_called_in_chinese() -> None:
    """Help, footer and palette show the name: whoever types it means the action."""
    for action in ACTIONS.values():
        (name,) = in_every_language(action.label) - {action.label}
        assert name in action.verbs or action.id == "command"


def test_every_action_can_be_typed_in_both_languages() -> None:
    """Keys, help, README, `paidan do` and the command line come from one table."""
    for action in ACTIONS.values():
        if action.id != "command":  # which opens the line
            assert action.verbs[0].isascii(), action.id
            assert any(not verb.isascii() for verb in action.verbs), action.id
    verbs = Counter(verb for action in ACTIONS.values() for verb in action.verbs)
    assert [verb for verb, times in verbs.items() if times > 1] == []
    assert set(VERBS) == set(verbs)
    assert all(verb == verb.casefold() for verb in verbs)
