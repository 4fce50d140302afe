"""SQL and style sheets that are read once in a run, and not again for each desk of a test.

SQLAlchemy keeps what it compiled with the engine, so a desk that stands for days compiles each
statement once. A test opens a desk of its own and would compile all it asks: a third of the time
of `tests/store`. Engines on the same kind of server share what they compiled here, as the two of
one desk could. Textual keeps the rules of a style sheet with the app, a tenth of a console's start.
`make long` has each make its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 3000
"""Statements; each takes some twenty kilobytes."""


class Shared:
    """What was compiled for one engine, for all that speak the same words."""

    def __init__(self) -> None:
        self._kept: Any = LRUCache(_MOST)

    def get(self, key: Any, default: Any = None) -> Any:
        """What was compiled for this; the default where nothing was."""
        return self._kept.get(_spoken(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._kept[_spoken(key)] = compiled

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()


def _spoken(key: Any) -> tuple[Any, ...]:
    """The key with what its dialect is like in the place of the dialect itself."""
    dialect, *rest = key
    return type(dialect), dialect.loaded_dbapi, dialect.server_version_info, *rest


@contextmanager
def sheets_once() -> Iterator[None]:
    """Every app that runs now shares the rules of its style sheets with others of its colours."""
    from textual.css.stylesheet import Stylesheet

    import console.terminal_env
    import console.without_palette  # noqa: F401  both before Textual

    parse, kept = Stylesheet._parse_rules, dict[Any, Any]()

    def parsed(self: Stylesheet, *told: Any, **more: Any) -> Any:
        colours = frozenset(self._variables.items())
        key = (colours, told, tuple(sorted(more.items())))
        if key not in kept:
            kept[key] = parse(self, *told, **more)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@contextmanager
def statements_once() -> Iterator[None]:
    """Every engine that is made now shares what it compiles."""
    shared, made = Shared(), Engine.__init__

    def make(self: Any, *told: Any, **more: Any) -> None:
        made(self, *told, **more)
        self._compiled_cache = shared

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "__init__", make)
        yield
