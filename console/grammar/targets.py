"""Which orders a line names: numbers, ranges, `.` and `..`, a queue, a query in braces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.grammar.refusals import Unclear, WrongWords
from console.i18n import in_every_language
from store.domain.reach import MOST_TOGETHER
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.grammar.lookup import Lookup
    from console.grammar.tokens import Token

_NUMBER = re.compile(r"#?(\d{1,12})")
_TO = r"(?:[-–~]|\.\.)"
_RANGE = re.compile(rf"#?(\d{{1,12}}){_TO}#?(\d{{1,12}})")
_PART = rf"(?:#?\d{{1,12}}(?:{_TO}#?\d{{1,12}})?|\.\.?)"
_LIST = re.compile(rf"{_PART}(?:,{_PART})*,?")
_ENTRY = re.compile(r"e(\d{1,18})", re.IGNORECASE)
_WIDEST: Final = 10_000
"""Numbers that a range may span; most of them may be closed long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The orders named, and how many words that took."""

    numbers: tuple[int, ...]
    words: int


def are_orders(word: Token) -> bool:
    """Whether a word names orders, and nothing else can be meant."""
    if word.quoted:
        return False
    return listed(word) or word.text.startswith("{") or queue_named(word.text) is not None


def listed(word: Token) -> bool:
    """Whether a word lists orders by their numbers, by `.` or by `..`."""
    return not word.quoted and _LIST.fullmatch(word.text) is not None


def read_targets(words: Sequence[Token], lookup: Lookup) -> Targets:
    """The orders that the first words name; Unclear where there is none of them."""
    first = words[0]
    if first.text.startswith("{"):
        return Targets(numbers=_found(first, lookup), words=1)
    queue = queue_named(first.text)
    if queue is not None:
        return Targets(numbers=_some(lookup.queue(queue), first), words=1)
    taken = [first]
    for word in words[1:]:  # "12, 13": the comma says that more comes
        if not taken[-1].text.endswith(",") or not are_orders(word):
            break
        taken.append(word)
    numbers: list[int] = []
    for word in taken:
        numbers += _listed(word, lookup)
    return Targets(numbers=tuple(dict.fromkeys(numbers)), words=len(taken))


def read_entry(word: Token) -> int | None:
    """The journal entry that a word names, `e417`; None where it names none."""
    found = None if word.quoted else _ENTRY.fullmatch(word.text)
    return None if found is None else int(found[1])


def selected(lookup: Lookup, column: int) -> int:
    """The order `.`; Unclear where none is chosen."""
    if lookup.selected is None:
        raise WrongWords(column, N_("name an order: none is selected here"), unfinished=True)
    return lookup.selected


def queue_named(text: str) -> str | None:
    """A queue by its name, in any language; None where no queue is called so."""
    wanted = _bare(text)
    for name, queue in QUEUES.items():
        if wanted in {_bare(said) for said in (name, *in_every_language(queue.label))}:
            return name
    return None


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign not in " -_")


def _listed(word: Token, lookup: Lookup) -> list[int]:
    numbers: list[int] = []
    column = word.start + 1
    for part in word.text.split(","):
        numbers += _part(part, column, lookup)
        column += len(part) + 1
    known = lookup.lines(numbers)
    return [number for number in numbers if number in known]


def _part(part: str, column: int, lookup: Lookup) -> list[int]:
    if not part:
        return []
    if part == ".":
        return [selected(lookup, column)]
    if part == "..":
        if lookup.before is None:
            raise WrongWords(column, N_("no order was selected before this one"))
        return [lookup.before]
    single = _NUMBER.fullmatch(part)
    if single is not None:
        number = int(single[1])
        if number not in lookup.lines([number]):
            raise Unclear(column, N_("no work order {number}").format(number=number))
        return [number]
    return _range(part, column, lookup)


def _range(part: str, column: int, lookup: Lookup) -> list[int]:
    found = _RANGE.fullmatch(part)
    if found is None:
        raise WrongWords(column, N_("“{part}” names no orders").format(part=part))
    low, high = int(found[1]), int(found[2])
    if not low <= high < low + _WIDEST:
        raise WrongWords(
            column, N_("“{part}” is no range: smaller first, at most 10,000 wide").format(part=part)
        )
    numbers = sorted(lookup.between(low, high))
    if not numbers:
        raise Unclear(column, N_("there are no orders {part}").format(part=part))
    return _few(numbers, column)


def _found(word: Token, lookup: Lookup) -> tuple[int, ...]:
    query = word.text[1:].removesuffix("}").strip()
    if not word.text.endswith("}") or not query:
        raise WrongWords(
            word.start + 1, N_("write what to find between the braces"), unfinished=True
        )
    return _some(lookup.found(query), word)


def _some(numbers: Sequence[int], word: Token) -> tuple[int, ...]:
    if not numbers:
        raise Unclear(word.start + 1, N_("no order is in “{word}” now").format(word=word.raw))
    return tuple(_few(list(numbers), word.start + 1))


def _few(numbers: list[int], column: int) -> list[int]:
    if len(numbers) > MOST_TOGETHER:
        what = N_("more than {most} orders; take fewer at a time").format(most=MOST_TOGETHER)
        raise Unclear(column, what)
    return numbers
