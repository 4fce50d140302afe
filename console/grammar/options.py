"""What is said with a slash: `/insist`, `/also`, `/for CUSTOMER`, `/by CALLER`, `/at 14:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Kind, Question
from console.grammar.answers import answered
from console.grammar.callers import who_calls
from console.grammar.people import one_of
from console.grammar.refusals import WrongWords
from console.grammar.verbs import OPTION_HELP, OPTIONS, SAID, option_of, options_of
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.refusals import Unclear
    from console.grammar.tokens import Token


READ: Final = {"takes": Kind.LASTS, "crew": Kind.CREW, "at": Kind.WINDOW}
"""Options whose words are read as an answer of their kind."""
NAMED: Final = {"for": ("customer", "customer"), "swap": ("technician", "instead")}
"""Options behind which somebody is named: in which register, and what that tells the command."""
_SIGNED: Final = re.compile(r"[!！]\d|[@＠].+")


@dataclass(slots=True, kw_only=True)
class Options:
    """The options of a line."""

    told: dict[str, Any] = field(default_factory=dict)
    named: dict[str, Entry] = field(default_factory=dict)
    brought: Entry | None = None
    """The customer of whoever calls."""
    unclear: Unclear | None = None
    """Why it is unclear which customer whoever calls would bring."""

    def bring(self) -> None:
        """Whoever calls brings his customer, where no other one is said."""
        if not self.told.keys().isdisjoint({"customer", "new_customer"}):
            return
        if self.unclear is not None:
            raise self.unclear
        if self.brought is not None:
            self.told["customer"], self.named["customer"] = self.brought.id, self.brought


def is_option(word: Token, action: Action) -> bool:
    """Whether a word is one, and not a part of a text; what has one more slash is a path.

    Where a path is asked for, any word with a slash is one but an option written out: `/plan.pdf`
    and `/part` are paths, `/partly` is none unless it stands in quotes.
    """
    text = word.text
    if action.asks_path:
        return not word.quoted and text.casefold() in spelled_out(action)
    return not word.quoted and len(text) > 1 and text.startswith("/") and "/" not in text[1:]


def _ends(word: Token, action: Action) -> bool:
    """Whether what an option takes is over: at the next one, at a site or a priority of a call."""
    signed = action.id == "new" and not word.quoted and _SIGNED.fullmatch(word.text) is not None
    return signed or is_option(word, action)


def spelled_out(action: Action) -> frozenset[str]:
    """The options that an action knows, with their slash, in every language."""
    return frozenset(f"/{said}" for name in options_of(action) for said in OPTIONS[name])


def read_options(
    action: Action, words: Sequence[Token], lookup: Lookup, line: str
) -> tuple[Options, list[Token]]:
    """The options, and the words that are none; `/for` and its like take those up to the next."""
    options = Options()
    rest: list[Token] = []
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        if not is_option(word, action):
            rest.append(word)
            continue
        name = option_of(word, action)
        if name not in {*NAMED, *SAID}:
            options.told[name] = True
            continue
        ahead = (p for p in range(place, len(words)) if _ends(words[p], action))
        until = next(ahead, len(words))
        if until == place:
            what = N_("still to say: for whom")
            if name != "for":
                what = N_("still to say: {what}").format(what=OPTION_HELP[name])
            raise WrongWords(word.end + 1, what, unfinished=True)
        _take(name, words[place:until], options, lookup, line)
        place = until
    options.bring()
    return options, rest


def _take(name: str, words: Sequence[Token], options: Options, lookup: Lookup, line: str) -> None:
    """What stands behind an option, as what it names."""
    if name in NAMED:
        register, tells = NAMED[name]
        entry = one_of(register, words, line, lookup)
        options.told[tells], options.named[tells] = entry.id, entry
        return
    said = " ".join(word.text if word.quoted else word.raw for word in words)
    if name == "by":
        caller = who_calls(said, words[0].start + 1, lookup)
        said, options.brought, options.unclear = caller.text, caller.customer, caller.unclear
    elif name == "kind":
        said = _kind_meant(said, lookup)
    elif name in READ:
        question = Question(name=name, label=OPTION_HELP[name], kind=READ[name])
        options.told[SAID[name]] = answered(question, said, words[0].start, lookup)
        return
    options.told[SAID[name]] = said


def _kind_meant(said: str, lookup: Lookup) -> str:
    """The code of a kind of work by its code or name; one that nobody knows stays as written."""
    wanted = said.strip().casefold()
    kinds = lookup.kinds(said)
    return next((k.code for k in kinds if wanted in {k.code.casefold(), k.name.casefold()}), said)
