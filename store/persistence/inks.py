"""In which shape copied rows are written down: tuples for SQLite, the text of COPY for PostgreSQL.

Both are filled from one flat list of values (see `patterns`); `place` says where a slot's value
stands in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from store.persistence import copy_text
from store.persistence.search_docs import as_text, as_vector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Tuple = tuple[Any, ...]
    Slot = tuple[Any, ...]
    """Which value is meant: its kind, and what tells it from others of that kind."""
    Told = tuple[str, list[Slot]]
    """A text with `%s` where copies differ, and the slots of these."""
    Place = Mapping[Slot, int]
    Values = list[Any]
    Fill = Callable[[Values], list[Any]]
    Tell = Callable[[Values], tuple[list[Any], str]]
    """What makes an order's journal, and the hash at its end."""

SAME = "same"
"""The kind of slots whose value is the same in all copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One entry of a journal, to be filled."""

    at: Slot
    by: int
    via: str
    number: Slot
    fact: str
    body: Told
    words: Slot
    """The words as they are kept, or NULL."""
    hashed: Told
    """What is hashed after the hash before: see `facts.chain_hash`."""


class TupleInk:
    """Rows as tuples."""

    def text(self, text: str) -> str:
        """A title as a row has it."""
        return text

    def json(self, text: str) -> str:
        """Canonical JSON as a row has it."""
        return text

    def values(self, values: Values) -> Values:
        """The values of a copy that it has of its own, as rows want them."""
        return values

    def rows(self, slots: Iterable[Sequence[Slot]], place: Place) -> Fill:
        """What makes some rows of a table."""
        picks = [picker(row, place) for row in slots]
        return lambda values: [pick(values) for pick in picks]

    def journal(self, forms: Sequence[Form], place: Place) -> Tell:
        """What makes an order's entries."""
        ats = picker([form.at for form in forms], place)
        words = picker([form.words for form in forms], place)
        bodies = Text([form.body for form in forms], place)
        hashed = Text([form.hashed for form in forms], place)
        same = [(form.by, form.via, form.fact) for form in forms]

        def tell(values: Values) -> tuple[list[Any], str]:
            chain, number, rows = "", values[0], []
            for at, (by, via, fact), body, kept, rest in zip(
                ats(values), same, bodies(values), words(values), hashed(values), strict=True
            ):
                chain = _link(chain, rest)
                rows.append((at, by, via, number, fact, body, kept, chain))
            return rows, chain

        return tell

    def found(self, number: int, document: Sequence[str]) -> Any:
        """What an order is found by, as the search index takes it."""
        return number, as_text(document)

    def whole(self, rows: list[Any]) -> list[Any]:
        """The rows of a table, ready to travel."""
        return rows


class TextInk:
    """Rows as lines."""

    def text(self, text: str) -> str:
        """A title as a row has it."""
        return copy_text.again(text)

    def json(self, text: str) -> str:
        """Canonical JSON as a row has it."""
        return copy_text.json(text)

    def values(self, values: Values) -> Values:
        """The values of a copy that it has of its own, as text: most stand in several places."""
        return list(map(str, values))

    def rows(self, slots: Iterable[Sequence[Slot]], place: Place) -> Fill:
        """What makes some rows of a table: one text, filled at once."""
        rows = list(slots)
        text = "".join("\t".join(map(_shown, row)) + "\n" for row in rows)
        pick = picker([slot for row in rows for slot in row if slot[0] != SAME], place)
        return lambda values: [text % pick(values)]

    def journal(self, forms: Sequence[Form], place: Place) -> Tell:
        """What makes an order's entries: what is hashed and what is kept, filled at once."""
        text = Text([told for form in forms for told in (form.hashed, _line(form))], place)

        def tell(values: Values) -> tuple[list[Any], str]:
            chain, rows, told = "", [], text(values)
            for hashed, line in zip(told[::2], told[1::2], strict=True):
                chain = _link(chain, hashed)
                rows.append(f"{line}{chain}\n")
            return rows, chain

        return tell

    def found(self, number: int, document: Sequence[str]) -> Any:
        """What an order is found by, as the search index takes it."""
        return f"{number}\t{as_vector(document)}\n"

    def whole(self, rows: list[Any]) -> list[Any]:
        """The rows of a table as one text, ready to travel."""
        return ["".join(rows).encode()] if rows else []


class Text:
    """Several texts with one filling, which costs less than one each."""

    def __init__(self, told: Iterable[Told], place: Place) -> None:
        texts, slots = zip(*told, strict=True)
        self._text = "\0".join(texts)
        self._pick = picker([slot for found in slots for slot in found], place)

    def __call__(self, values: Values) -> list[str]:
        return (self._text % self._pick(values)).split("\0")


def picker(slots: Sequence[Slot], place: Place) -> Callable[[Values], Tuple]:
    """What picks the values of some slots."""
    places = [place[slot] for slot in slots]
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[n] for n in places)


def _link(chain: str, rest: str) -> str:
    return hashlib.sha256(f'["{chain}{rest}'.encode()).hexdigest()


def _shown(slot: Slot) -> str:
    return copy_text.written(slot[1]).replace("%", "%%") if slot[0] == SAME else "%s"


def _line(form: Form) -> Told:
    """A row of the journal but for its hash."""
    body, found = form.body
    same = [slot for slot in (form.at, form.number, form.words) if slot[0] != SAME]
    by, via, fact = (_shown((SAME, value)) for value in (form.by, form.via, form.fact))
    shown = (
        _shown(form.at), by, via, _shown(form.number), fact, copy_text.json(body),
        _shown(form.words), "",
    )  # fmt: skip
    return "\t".join(shown), [*same[:2], *found, *same[2:]]
