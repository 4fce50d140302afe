"""A technician in the place of orders: his only active one is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import Kind
from console.grammar.names import called_so, exactly, matching
from console.grammar.people import one_of
from console.grammar.refusals import Unclear, WrongWords
from console.grammar.targets import number_named
from console.grammar.tokens import raw_between
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Scanned, Token

_LONGEST: Final = 4
"""Words that a technician's name may have before other words."""
WRITES: Final = frozenset({"note", "update", "chase", "tell_all", "split", "attach", "outcome"})
"""Actions whose words may well begin with somebody's name: `note wang called`."""


HIS_OWN: Final = frozenset({"accept", "depart", "arrive", "finish", "decline"})
"""Steps of a visit: where several go, his is meant, whether an order is selected or not."""


def technician_alone(
    action: Action, rest: Sequence[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Entry, int] | None:
    """Who stands in the place of orders, and how many words that takes; None where nobody does."""
    kinds = {question.kind for question in action.questions}
    if Kind.TECHNICIAN in kinds:
        return None  # he is the answer, and the selected order is meant
    if not kinds:
        count = len(rest)
        if count > 1 and number_named(rest[-1]) is not None and not _whole(rest, lookup):
            count -= 1
        return one_of("technician", rest[:count], scanned.line, lookup), count
    entries = lookup.register("technician")
    if Kind.TEXT not in kinds:
        found = _longest(entries, rest, whole=False)
        return found or _first(entries, rest[0])
    if lookup.selected is None:  # the words can be about no other order
        return _longest(entries, rest, whole=False) or _spoken(entries, rest[0])
    coded = [one for one in entries if one.code.casefold() == rest[0].text.casefold()]
    if len(coded) == 1 or action.id in WRITES:
        return (coded[0], 1) if len(coded) == 1 else None
    found = _longest(entries, rest, whole=action.id not in HIS_OWN)
    found = found or _longest(entries, rest, whole=True)
    if found is None:
        _not_by_letters(entries, rest)
    return found


def _whole(rest: Sequence[Token], lookup: Lookup) -> bool:
    """Whether somebody's name ends in a number."""
    return bool(exactly(lookup.register("technician"), " ".join(word.text for word in rest)))


def order_behind(action: Action, his: Entry, rest: Sequence[Token], lookup: Lookup) -> int | None:
    """The order whose number stands right behind his name, and is no word of a text.

    Of what is only written down it must be his: any text may begin with a number.
    """
    asked = (question.kind for question in action.questions if question.kind is not Kind.MEMBER)
    if next(asked, Kind.TEXT) is not Kind.TEXT:
        return None  # a number is the answer
    number = number_named(rest[0]) if rest else None
    if number is None or number in lookup.jobs_of(his.id):
        return number
    return number if action.id in HIS_OWN and number in lookup.lines([number]) else None


def only_job(his: Entry, word: Token, lookup: Lookup) -> int:
    """The order that he has; Unclear where he has none, or several of which none is selected."""
    jobs = lookup.jobs_of(his.id)
    if len(jobs) == 1:
        return jobs[0]
    if lookup.selected is not None and lookup.selected in jobs:
        return lookup.selected
    if not jobs:
        what = N_("{name} has no order now").format(name=his.name)
    else:
        which = _(", ").join(f"#{number}" for number in jobs)
        what = N_("{name} has several orders: {which}").format(name=his.name, which=which)
    raise Unclear(word.start + 1, what)


def first_named(entries: Sequence[Entry], rest: Sequence[Token]) -> tuple[Entry, int] | None:
    """Which of a few people the first words name, and how many words that takes."""
    if not rest:
        return None
    found = _longest(entries, rest, whole=False) or _longest(entries, rest, whole=True)
    return found or (None if rest[0].quoted else _first(entries, rest[0]))


def _longest(
    entries: Sequence[Entry], rest: Sequence[Token], *, whole: bool
) -> tuple[Entry, int] | None:
    """The only one of exactly this name, in as many words as it has; `whole` takes no less."""
    plain = next((p for p, word in enumerate(rest) if word.quoted), len(rest))
    for count in range(min(plain, _LONGEST), 0, -1):
        said = " ".join(word.text for word in rest[:count])
        found = called_so(entries, said) if whole else exactly(entries, said)
        if len(found) == 1:
            return found[0], count
    return None


def _first(entries: Sequence[Entry], word: Token) -> tuple[Entry, int] | None:
    found = matching(entries, word.text)
    return (found[0], 1) if len(found) == 1 else None


def _spoken(entries: Sequence[Entry], word: Token) -> tuple[Entry, int] | None:
    """By all of how the name sounds, or its first letters: a part of a name may be any word."""
    found = called_so(entries, word.text) or called_so(entries, word.text, by_letters=True)
    return (found[0], 1) if len(found) == 1 else None


def _not_by_letters(entries: Sequence[Entry], rest: Sequence[Token]) -> None:
    """Refuse first letters before a reason, which are a word of it as well."""
    first = rest[0]
    lettered = len(rest) > 1 and not first.quoted
    found = called_so(entries, first.text, by_letters=True) if lettered else ()
    if len(found) != 1:
        return
    what = N_("“{word}” may be {name}: {code} means their only order, quotes mean the text")
    facts = {"word": raw_between("", [first]), "name": found[0].name, "code": found[0].code}
    raise WrongWords(first.start + 1, what.format(**facts))
