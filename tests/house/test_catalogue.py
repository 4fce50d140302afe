"""What an operator reads exists in both languages."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

import pytest

from tests.house import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = ("_", "N_", "_n")


@pytest.mark.parametrize("fault", catalogue.FAULTS)
def test_the_catalogue_has_no_fault(fault: str) -> None:
    """A sentence left in English in a Chinese screen; places that differ would end in a crash."""
    assert catalogue.FAULTS[fault]() == []


def test_only_plain_sentences_are_marked() -> None:
    """A sentence put together before it is looked up is never found in the catalogue."""
    assert list(_composed()) == []


def test_every_sentence_is_collected() -> None:
    """What is asked for within an f-string is not seen by whoever collects, and stays English."""
    assert list(_uncollected()) == []


def _composed() -> Iterator[str]:
    return (where for where, asked in _asked() if _is_composed(asked))


def _uncollected() -> Iterator[str]:
    known = catalogue.in_source()
    return (
        where
        for where, asked in _asked()
        if isinstance(asked, ast.Constant) and asked.value and asked.value not in known
    )


@cache
def _asked() -> list[tuple[str, ast.expr]]:
    return [found for room in catalogue.ROOMS for found in _asked_in(room)]


def _asked_in(room: str) -> Iterator[tuple[str, ast.expr]]:
    for path in sorted((catalogue.ROOT / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not re.search(rf"\b(?:{'|'.join(_MARKS)})\s*\(", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if _marks(node):
                yield f"{path.relative_to(catalogue.ROOT)}:{node.lineno}", node.args[0]


def _marks(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _MARKS
        and bool(node.args)
    )


def _is_composed(asked: ast.expr) -> bool:
    if isinstance(asked, ast.Call) and isinstance(asked.func, ast.Attribute):
        return asked.func.attr == "format"
    return isinstance(asked, (ast.JoinedStr, ast.BinOp))
