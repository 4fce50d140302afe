"""What a query says, as a tree: words to be found, tests of fields, flags, and how they join."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.domain.finding.times import Span, When


class Sign(Enum):
    """How a field is compared with its values."""

    IS = ":"
    EXACTLY = "="
    BELOW = "<"
    UP_TO = "<="
    ABOVE = ">"
    FROM = ">="


class Special(Enum):
    """A value that stands for no text."""

    NONE = "none"
    ANY = "any"
    ME = "me"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The whole numbers from the first to the last."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Times:
    """From the first time through the last."""

    first: When
    last: When


Value = "str | Special | Numbers | Span | When | Times"
"""One value of a test; several mean any of them."""


@dataclass(frozen=True, slots=True)
class Word:
    """Text to be found anywhere an order is told of."""

    text: str
    exact: bool = False
    """Whether it was quoted: whole words, one after the other."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A condition that needs no value, such as `overdue`; by the name of its queue."""

    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A field compared with one or more values."""

    field: str
    sign: Sign
    values: tuple[str | Special | Numbers | Span | When | Times, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What does not fit its part."""

    part: Tree


@dataclass(frozen=True, slots=True)
class All:
    """What fits every part; without parts, everything."""

    parts: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """What fits one of two or more parts."""

    parts: tuple[Tree, ...]


Tree = Word | Flag | Term | Not | All | Either

EVERYTHING = All()


def all_of(parts: Iterable[Tree]) -> Tree:
    """The parts joined by *and*, in its one normal form: nothing nested, nothing alone."""
    flat = tuple(_opened(parts, All))
    return flat[0] if len(flat) == 1 else All(flat)


def either_of(parts: Iterable[Tree]) -> Tree:
    """The parts joined by *or*, in its one normal form."""
    flat = tuple(_opened(parts, Either))
    return flat[0] if len(flat) == 1 else Either(flat)


def leaves(tree: Tree) -> Iterator[Word | Flag | Term]:
    """Every word, flag and test in the order in which they are written."""
    if isinstance(tree, Not):
        yield from leaves(tree.part)
    elif isinstance(tree, All | Either):
        for part in tree.parts:
            yield from leaves(part)
    else:
        yield tree


def _opened(parts: Iterable[Tree], kind: type[All | Either]) -> Iterator[Tree]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part
