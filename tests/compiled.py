"""SQL and style sheets that are read once in a run, and not again for each desk of a test.

SQLAlchemy keeps what it compiled with the engine, so a desk that stands for days compiles each
statement once. A test opens a desk of its own and would compile all it asks: a third of the time
of `tests/store`. Engines on the same kind of server share what they compiled here, as the two of
one desk could. What makes today's tables it compiles for each store: half of what that takes.
Textual keeps the rules of a style sheet with the app, a tenth of a console's start.
`make long` has each make its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement
from sqlalchemy.util import LRUCache

from store.persistence.tables import metadata

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


def _makes_ours(statement: Any) -> bool:
    """Whether it makes what stands today; a migration makes tables of its own, each time others."""
    if type(statement) not in (CreateTable, CreateIndex):
        return False
    made = statement.element
    return (made if type(statement) is CreateTable else made.table).metadata is metadata


@contextmanager
def sheets_once() -> Iterator[None]:
    """Every app that runs now shares the rules of its style sheets with others of its colours."""
    from textual.css.stylesheet import Stylesheet

    import console.terminal_env
    import console.without_palette  # noqa: F401  both before Textual

    parse, kept = Stylesheet._parse_rules, dict[Any, Any]()

    def parsed(self: Stylesheet, *told: Any, **more: Any) -> Any:
        key = (_colours(self), told, tuple(sorted(more.items())))
        if key not in kept:
            kept[key] = parse(self, *told, **more)
        return kept[key]

    whole, sheets = Stylesheet.parse, dict[Any, list[Any]]()

    def parsed_whole(self: Stylesheet) -> None:
        key = (_colours(self), tuple(self.source.items()))
        if key not in sheets or self._invalid_css:
            whole(self)
            sheets[key] = self._rules
        self._rules, self._rules_map, self._require_parse = sheets[key], None, False

    mapped, maps = Stylesheet.rules_map, dict[int, Any]()

    def rules_map(self: Stylesheet) -> Any:
        if self._rules_map is None:
            rules = self.rules
            if id(rules) not in maps:
                maps[id(rules)] = rules, mapped.__get__(self)
            self._rules_map = maps[id(rules)][1]
        return self._rules_map

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        patch.setattr(Stylesheet, "parse", parsed_whole)
        patch.setattr(Stylesheet, "rules_map", property(rules_map))
        yield


def _colours(sheet: Any) -> frozenset[tuple[str, str]]:
    return frozenset(sheet._variables.items())


@contextmanager
def statements_once() -> Iterator[None]:
    """Every engine that is made now shares what it compiles; so do all that make our tables."""
    shared, made = Shared(), Engine.__init__

    def make(self: Any, *told: Any, **more: Any) -> None:
        made(self, *told, **more)
        self._compiled_cache = shared

    compiled, kept = ExecutableDDLElement.compile, dict[Any, Any]()

    def compiled_once(self: Any, bind: Any = None, dialect: Any = None, **more: Any) -> Any:
        if not _makes_ours(self):
            return compiled(self, bind, dialect, **more)
        keys = getattr(self, "include_foreign_key_constraints", None)
        told = (self.if_not_exists, None if keys is None else frozenset(keys), str(more))
        key = _spoken((dialect, self.element, type(self), *told))
        if key not in kept:
            kept[key] = compiled(self, bind, dialect, **more)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "__init__", make)
        patch.setattr(ExecutableDDLElement, "compile", compiled_once)
        yield
