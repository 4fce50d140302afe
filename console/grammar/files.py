"""What a line may name that is in no register: files on this machine, and files of an order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.actions_kinds import Names
from console.grammar.options import spelled_out
from console.grammar.targets import are_orders
from console.grammar.tokens import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Lookup
    from console.grammar.tokens import Token

_PLAIN: Final = re.compile(r"[^\W\d][\w@%+=-]*[./][\w~./@%+=-]*|[~.]*/[\w~./@%+=-]*")
"""Begins with a letter, a slash, `~/` or `./`, and looks like no order, queue or technician."""
_NUMBER: Final = re.compile(r"#?(\d{1,12})")


def names_offered(
    names: Names, action: Action, said: str, order: int | None, lookup: Lookup
) -> Iterator[tuple[str, bool]]:
    """What goes on from the words said, as it stands in a line; and whether more must follow."""
    if names is Names.FILE:
        for name in lookup.files(order) if order is not None else ():
            if said.casefold() in name.casefold():
                yield in_line(name, action), False
        return
    for path in lookup.paths(said):
        folder = path.endswith("/")
        text = in_line(path, action)
        yield (text[:-1] if folder and text.endswith('"') else text), folder


def in_line(name: str, action: Action) -> str:
    """A name as one word of a line, in quotes where anything else could be read in it."""
    plain = _PLAIN.fullmatch(name) is not None and name.casefold() not in spelled_out(action)
    return name if plain else quoted(name)


def order_of(words: Sequence[Token], lookup: Lookup) -> int | None:
    """The one order that the first word names; the selected one where it names none."""
    if not words or not are_orders(words[0]):
        return lookup.selected
    found = _NUMBER.fullmatch(words[0].text)
    return lookup.selected if words[0].text == "." else int(found[1]) if found else None
