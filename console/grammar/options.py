"""What is said with a slash: `/insist`, `/also`, `/partly`, `/for CUSTOMER`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from console.grammar.people import one_of
from console.grammar.refusals import WrongWords
from console.grammar.verbs import option_of
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Token


@dataclass(slots=True, kw_only=True)
class Options:
    """The options of a line."""

    told: dict[str, Any] = field(default_factory=dict)
    named: dict[str, Entry] = field(default_factory=dict)


def is_option(word: Token) -> bool:
    """Whether a word is one, and not a part of a text."""
    return not word.quoted and len(word.text) > 1 and word.text.startswith("/")


def read_options(
    action: Action, words: Sequence[Token], lookup: Lookup, line: str
) -> tuple[Options, list[Token]]:
    """The options, and the words that are none; `/for` takes those up to the next option."""
    options = Options()
    rest: list[Token] = []
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        if not is_option(word):
            rest.append(word)
            continue
        name = option_of(word, action)
        if name != "for":
            options.told[name] = True
            continue
        until = next((p for p in range(place, len(words)) if is_option(words[p])), len(words))
        if until == place:
            raise WrongWords(word.end + 1, N_("still to say: for whom"), unfinished=True)
        entry = one_of("customer", words[place:until], line, lookup)
        options.told["customer"], options.named["customer"] = entry.id, entry
        place = until
    return options, rest
