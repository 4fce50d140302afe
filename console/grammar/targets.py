"""Which orders a line names: numbers, ranges, `.`, `..` and `*`, a queue, a filter in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.grammar.refusals import Unclear, WrongWords
from console.grammar.traits import takes_closed
from console.i18n import in_every_language
from console.render_meant import times_meant
from store.domain.finding.refusal import QueryUnclear
from store.domain.reach import MOST_TOGETHER
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Lookup
    from console.grammar.tokens import Token
    from store.queries.finding import NameMeant

_NUMBER = re.compile(r"#?(\d{1,12})")
_TO = r"(?:[-–~]|\.\.)"
_RANGE = re.compile(rf"#?(\d{{1,12}}){_TO}#?(\d{{1,12}})")
_PART = rf"(?:#?\d{{1,12}}(?:{_TO}#?\d{{1,12}})?|\.\.?)"
_LIST = re.compile(rf",*{_PART}(?:,+{_PART})*,*")
_ENTRY = re.compile(r"e(\d{1,18})", re.IGNORECASE)
LISTED: Final = frozenset({"*", "listed", "所列", "这些"})
"""Words for the orders that the board lists now."""
VIEW: Final = ("view:", "视图:")
"""What may stand before the name of a saved view."""
_BRACKETS: Final = {"{": "}", "(": ")"}
_WIDEST: Final = 10_000
"""Numbers that a range may span; most of them may be closed long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The orders named, and how many words that took."""

    numbers: tuple[int, ...]
    words: int
    by_trait: bool = False
    """Whether they are named by what they have in common, and not one by one."""
    meant: tuple[NameMeant, ...] = ()
    """Names among what they have in common that mean several things."""
    times: tuple[str, ...] = ()
    """Times among it, each as what is found by it."""
    left: int | None = 0
    """How many have it too and are over, and so are not meant; None where they are very many."""
    unseen: frozenset[int] = frozenset()
    """Those that the list did not show yet."""
    moved: bool = False
    """Whether the list shows others than these."""

    @property
    def looks(self) -> bool:
        """Whether more, or others, are meant than was said; so they are shown, few or many."""
        return self.moved or any(one.count > 1 for one in self.meant)


def are_orders(word: Token) -> bool:
    """Whether a word names orders, and nothing else can be meant."""
    if word.quoted:
        return False
    text = word.text
    if text.startswith(tuple(_BRACKETS)) or text.casefold() in LISTED:
        return True
    return listed(word) or view_prefix(word) is not None or queue_named(text) is not None


def listed(word: Token) -> bool:
    """Whether a word lists orders by their numbers, by `.` or by `..`."""
    return not word.quoted and _LIST.fullmatch(word.text) is not None


def number_named(word: Token) -> int | None:
    """The one order that a word names by its number; None where it is no number."""
    found = None if word.quoted else _NUMBER.fullmatch(word.text)
    return None if found is None else int(found[1])


def read_targets(words: Sequence[Token], lookup: Lookup, action: Action | None = None) -> Targets:
    """The orders that the first words name; Unclear where there is none of them.

    With an action, a filter means closed orders only where it says so, or the action may take them.
    """
    first = words[0]
    if first.text.startswith(tuple(_BRACKETS)):
        return _found(first, lookup, action)
    if first.text.casefold() in LISTED:
        return _on_the_board(first, lookup)
    queue = queue_named(first.text)
    if queue is not None:
        return Targets(numbers=some(lookup.queue(queue), first), words=1, by_trait=True)
    taken = [first]
    for word in words[1:]:  # "12, 13": the comma says that more comes
        comma = word.text == "," and not word.quoted
        if not comma and not (taken[-1].text.endswith(",") and listed(word)):
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


def selected(lookup: Lookup, column: int, word: str = "") -> int:
    """The order `.`; Unclear where none is chosen, with the word that names none either."""
    if lookup.selected is None:
        what = N_("name an order: none is selected here")
        if word:
            what = N_("“{word}” names no order, and none is selected here").format(word=word)
        raise WrongWords(column, what, unfinished=True)
    return lookup.selected


def queue_named(text: str) -> str | None:
    """A queue by its name, in any language; None where no queue is called so."""
    wanted = bare(text)
    for name, queue in QUEUES.items():
        if wanted in {bare(said) for said in (name, *in_every_language(queue.label))}:
            return name
    return None


def view_prefix(word: Token) -> str | None:
    """What stands behind `view:`; None where the word does not begin so."""
    if not word.quoted:
        for sign in VIEW:
            if word.text.casefold().startswith(sign):
                return word.text[len(sign) :]
    return None


def bare(text: str) -> str:
    """A name without case, spaces and hyphens."""
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
    return few(numbers, column)


def _found(word: Token, lookup: Lookup, action: Action | None) -> Targets:
    close = _BRACKETS[word.text[0]]
    query = word.text[1:].removesuffix(close).strip()
    closed = word.text.endswith(close) and len(word.text) > 1
    if not closed or not query:
        what = N_("write what to find between {open} and {close}")
        if query and not closed:
            what = N_("the filter that begins with {open} wants {close} at its end")
        raise WrongWords(
            word.start + 1, what.format(open=word.text[0], close=close), unfinished=True
        )
    try:
        return found_by(query, word, lookup, action)
    except QueryUnclear as wrong:
        begins = word.start + word.text.index(query[0], 1)
        facts = {name: wrong.facts[name] for name in ("wrong", "right")}
        what = N_("{wrong}; {right}").format(**facts)
        raise WrongWords(begins + wrong.column, what, unfinished=wrong.unfinished) from wrong


def found_by(query: str, word: Token, lookup: Lookup, action: Action | None) -> Targets:
    """The orders that a filter means to an action; QueryUnclear where it cannot be read."""
    over = takes_closed(action, query, at=lookup.at)
    numbers = lookup.found(query, over=over)
    left = 0 if over else lookup.over(query)
    if not numbers and left != 0:
        what = N_("all that “{word}” finds is over; with state:all it means them")
        raise Unclear(word.start + 1, what.format(word=word.raw))
    return Targets(
        numbers=some(numbers, word),
        words=1,
        by_trait=True,
        meant=tuple(lookup.meant(query)),
        times=times_meant(query, at=lookup.at, zone=lookup.zone),
        left=left,
    )


def _on_the_board(word: Token, lookup: Lookup) -> Targets:
    numbers = lookup.listed()
    if numbers is None:
        raise WrongWords(
            word.start + 1,
            N_("“{word}” means what a board lists; none is here").format(word=word.raw),
        )
    shown = lookup.shown
    return Targets(
        numbers=some(numbers, word),
        words=1,
        by_trait=True,
        unseen=shown.lacks(numbers) if shown else frozenset(),
        moved=shown is not None and shown.differs(numbers),
    )


def some(numbers: Sequence[int], word: Token) -> tuple[int, ...]:
    """The numbers of a set; Unclear where it is empty, or too large."""
    if not numbers:
        raise Unclear(word.start + 1, N_("no order is in “{word}” now").format(word=word.raw))
    return tuple(few(list(numbers), word.start + 1))


def few(numbers: list[int], column: int) -> list[int]:
    """The numbers, where a command may hold as many."""
    if len(numbers) > MOST_TOGETHER:
        what = N_("more than {most} orders; take fewer at a time").format(most=MOST_TOGETHER)
        raise Unclear(column, what)
    return numbers
