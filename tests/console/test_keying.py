"""The keys of a screen, which are made once for it and all screens before it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from textual.dom import DOMNode

import console.screens
from console.screens.board import BoardScreen
from console.screens.keying import Keying

if TYPE_CHECKING:
    from collections.abc import Iterator


def _and_after(cls: type[Keying]) -> Iterator[type[Keying]]:
    yield cls
    for one in cls.__subclasses__():
        yield from _and_after(one)


def test_every_screen_has_the_keys_that_textual_would_give_it() -> None:
    """In the same order, and with the same bindings: a screen's own before those it has anew."""
    for module in iter_modules(console.screens.__path__):
        import_module(f"console.screens.{module.name}")
    every = set(_and_after(Keying))
    assert BoardScreen in every
    # What Textual itself does for any class, unbound: a class method has its function in there.
    merged = DOMNode._merge_bindings.__func__  # type: ignore[attr-defined]
    for cls in every:
        ours = cls._merged_bindings
        assert ours is not None
        stock = merged(cls).key_to_bindings
        assert list(ours.key_to_bindings.items()) == list(stock.items()), cls
