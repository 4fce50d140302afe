"""`dashboard 2026-10 site:S1 kind:lift`, `仪表盘 本月 工程师:T2`: what the figures are to be of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from console.dashboard_cut import COHORTS, FIELDS, PERIODS, Cut, cohort_of, field_of, period_of
from console.grammar.names import matching
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import quoted
from console.i18n import language
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from console.grammar.lookup import Lookup
    from console.grammar.offered import Slot
    from console.grammar.tokens import Token

_REGISTERS: Final = {"site": "site", "person": "technician", "customer": "customer"}
_OFFERED: Final = 50
_PLAIN: Final = re.compile(r"[\w.#-]+")


def take_cut(words: Sequence[Token], lookup: Lookup) -> dict[str, Any]:
    """What the dashboard is told; a key takes one word, in quotes where it has spaces.

    A part of a name is enough where it means one alone.
    """
    told: dict[str, str] = {}
    plain: list[Token] = []
    left = list(words)
    while left:
        word = left.pop(0)
        name, colon, rest = word.text.partition(":")
        field = field_of(name) if colon and not word.quoted else None
        if field is None:
            plain.append(word)
            continue
        if field in told:
            said = N_("“{word}” is said twice").format(word=FIELDS[field][0])
            raise WrongWords(word.start + 1, said)
        told[field] = _code(field, rest or (left.pop(0).text if left else ""), lookup)
    days = []
    for word in plain:
        cohort = cohort_of(word.text)
        if cohort is None:
            days.append(word)
        else:
            told["cohort"] = cohort
    if days:
        period = period_of(tuple(word.text for word in days))
        if period is None:
            what = N_("“{word}” is no period; say 30d, month, last, year, 2026-10, or two days")
            raise WrongWords(days[0].start + 1, what.format(word=days[0].raw), unfinished=True)
        told["period"] = period
    return {"cut": Cut(**told)} if told else {}


def _code(field: str, said: str, lookup: Lookup) -> str:
    """Of the only one that is meant; else as it is said, for the store to tell what is wrong."""
    if field == "kind" or not said:
        return said
    meant = matching(lookup.register(_REGISTERS[field]), said)
    return meant[0].code or meant[0].name if len(meant) == 1 else said


def cut_words(cut: Cut, *, without: str = "", chinese: bool = False) -> Iterator[str]:
    """The same as it may be typed."""
    yield PERIODS[cut.period][1] if chinese and cut.period in PERIODS else cut.period
    if cut.cohort != "closed":
        yield COHORTS[cut.cohort][1] if chinese else cut.cohort
    for field, value in cut.named.items():
        if field != without:
            yield f"{FIELDS[field][chinese]}:{_named(value)}"


def _named(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quoted(text)


def cut_offered(slot: Slot, done: Sequence[Token], typed: str, lookup: Lookup) -> None:
    """Periods, and what else may be asked for; behind a colon the names that there are."""
    name, colon, begun = typed.partition(":")
    field = field_of(name) if colon else None
    if field is not None:
        slot.wanted.append(N_("only orders of this one"))
        slot.offers += [
            Offer(text=f"{name}:{_named(value)}", label=label, sure=True)
            for value, label in _names(field, begun.strip('"'), lookup)
        ][:_OFFERED]
        return
    slot.wanted.append(N_("a period, and of which orders; or nothing"))
    chinese = language() != "en"
    if not done:
        slot.offers += [
            Offer(text=zh if chinese else name, label=label)
            for name, (label, zh) in PERIODS.items()
        ]
    slot.offers += [
        Offer(text=zh if chinese else name, label=label) for name, (label, zh) in COHORTS.items()
    ]
    slot.offers += [
        Offer(text=f"{zh if chinese else en}:", goes_on=True) for en, zh, _said in FIELDS.values()
    ]


def _names(field: str, begun: str, lookup: Lookup) -> Iterator[tuple[str, str]]:
    if field == "kind":
        yield from ((kind.code, kind.name) for kind in lookup.kinds(begun)[:_OFFERED])
        return
    said = begun.casefold()
    for entry in lookup.register(_REGISTERS[field]):
        if entry.code.casefold().startswith(said) or said in entry.name.casefold():
            yield entry.code or entry.name, entry.name
