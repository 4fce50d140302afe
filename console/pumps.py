"""How Textual's message pumps find who handles a message, mended for speed.

A key is a few dozen messages, each goes up through its widgets, and after each of them stock
Textual looks through all classes of a widget for who handles it; a screen of ours has thirty.
Here that is looked up once. Nobody here hears how workers do, so nobody is told.

Private API of the pinned Textual: `tests/console/test_pumps.py` compares it with the stock one.
"""

from __future__ import annotations

import inspect
from functools import cache
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, Final

from textual import _callback
from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

stock_methods: Final = MessagePump._get_dispatch_methods  # noqa: SLF001
stock_count: Final = _callback._count_parameters  # noqa: SLF001
_stock_enabled: Final = MessagePump.check_message_enabled


@cache
def _handlers(kind: Any, message: Any, name: str) -> tuple[tuple[type, Any], ...] | None:
    """Who handles such a message by its name; None where it is more than the name that decides."""
    found: list[tuple[type, Any]] = []
    messages = [one for one in message.__mro__ if issubclass(one, Message)]
    for one in kind.__mro__:
        decorated = one.__dict__.get("_decorated_handlers") or {}
        if any(decorated.get(each) for each in messages):
            return None
        method = one.__dict__.get(f"_{name}") or one.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((one, method))
    return tuple(found)


def dispatch_methods(pump: MessagePump, name: str, message: Message) -> Iterator[tuple[type, Any]]:
    """The handlers of a message, those of the widget's own class first."""
    kinds: tuple[Any, Any] = type(pump), type(message)
    found = _handlers(*kinds, name)
    if found is None:
        yield from stock_methods(pump, name, message)
        return
    for kind, method in found:
        if message._no_default_action:  # noqa: SLF001  one of them may say so
            return
        yield kind, method.__get__(pump, kind)


def count_parameters(func: Callable[..., Any]) -> int:
    """How many parameters a function has; Python takes a hundred times as long to tell."""
    if isinstance(func, MethodType):
        return count_parameters(func.__func__) - 1
    if not isinstance(func, FunctionType) or hasattr(func, "__wrapped__"):
        return stock_count(func)
    code = func.__code__
    more = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return code.co_argcount + code.co_kwonlyargcount + more


def _is_enabled(pump: MessagePump, message: Message) -> bool:
    return type(message) is not Worker.StateChanged and _stock_enabled(pump, message)


def mend() -> None:
    """Let every message pump of this process do so."""
    pump: Any = MessagePump
    pump._get_dispatch_methods = dispatch_methods  # noqa: SLF001
    pump.check_message_enabled = _is_enabled
    callback: Any = _callback
    callback._count_parameters = count_parameters  # noqa: SLF001
