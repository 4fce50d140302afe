"""The mended message pumps find the very handlers that stock Textual finds."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual import events, messages, on
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input

from console import pumps
from console.panes.hand_bar import HandBar
from console.screens.board import BoardScreen
from console.screens.details import DetailsScreen
from console.typed_ahead import Echo
from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message


class _Decorated(Screen[None]):
    @on(Button.Pressed, "#one")
    def one(self) -> None:
        """Only of one button."""


KINDS = (BoardScreen, DetailsScreen, WorkTable, HandBar, Input, Screen, Widget, App, _Decorated)
MESSAGES: tuple[Callable[[], Message], ...] = (
    events.Idle,
    events.Mount,
    partial(events.Key, "j", "j"),
    messages.Prompt,
    partial(Echo, 1),
    partial(WorkTable.OrderHighlighted, 1),
    partial(Button.Pressed, Button(id="one")),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", MESSAGES)
def test_the_same_handlers_are_found(kind: Any, make: Callable[[], Message]) -> None:
    """In the same order, with the same classes."""
    pump = object.__new__(kind)
    message = make()
    for name in (message.handler_name, "on_idle"):
        ours = [_found(one) for one in pumps.dispatch_methods(pump, name, message)]
        stock = [_found(one) for one in pumps.stock_methods(pump, name, message)]
        assert ours == stock


def _found(one: tuple[type, Any]) -> tuple[type, Any]:
    kind, method = one
    return kind, method.__func__


def test_a_handler_may_end_what_comes_by_default() -> None:
    """Also where the handlers were looked up before."""
    message = events.Mount()
    left = pumps.dispatch_methods(object.__new__(WorkTable), message.handler_name, message)
    next(left)
    message.prevent_default()
    assert list(left) == []


def _some(one: int, *more: int, named: int = 0, **rest: int) -> None:
    """A function with every kind of parameter."""


@pytest.mark.parametrize(
    "call",
    [_some, lambda: None, lambda one, two=2: one + two, asyncio.Event().set, WorkTable.tick, len],
)
def test_parameters_are_counted_as_python_does(call: Callable[..., object]) -> None:
    """However they may be given."""
    assert pumps.count_parameters(call) == pumps.stock_count(call)
