"""Tree to text: what `parse` reads as the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.finding.parser import parse
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.tree import All, Either, Flag, Not, Sign, Term, Word
from store.domain.finding.values import quoted, written_value

if TYPE_CHECKING:
    from store.domain.finding.tree import Tree


def written(tree: Tree) -> str:
    """The query in English names, with as few brackets and quotes as it needs."""
    if isinstance(tree, Either):
        return " or ".join(_held(part, Either) for part in tree.parts)
    if isinstance(tree, All):
        return " ".join(_held(part, Either, All) for part in tree.parts)
    return _one(tree)


def written_name(name: str) -> str:
    """A name or code as the value of a field, in quotes where it needs them."""
    return written(Term("site", Sign.IS, (name,))).partition(":")[2]


def _held(part: Tree, *kinds: type[Tree]) -> str:
    return f"({written(part)})" if isinstance(part, kinds) else written(part)


def _one(tree: Tree) -> str:
    if isinstance(tree, Not):
        return f"not {_held(tree.part, Either, All)}"
    if isinstance(tree, Flag):
        return tree.name
    if isinstance(tree, Word):
        return quoted(tree.text) if tree.exact else tree.text
    assert isinstance(tree, Term)
    values = ",".join(_shortest(tree, value) for value in tree.values)
    return f"{tree.field}{tree.sign.value}{values}"


def _shortest(term: Term, value: object) -> str:
    """A value without quotes where it reads the same."""
    if isinstance(value, str):
        try:
            if parse(f"{term.field}{term.sign.value}{value}") == Term(
                term.field, term.sign, (value,)
            ):
                return value
        except QueryUnclear:
            pass
    return written_value(value)  # type: ignore[arg-type]  # a value of a term
