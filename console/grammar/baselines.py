"""`baseline freeze before 2026-09`, `基准 2 上月`: the baseline as it is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.actions_baselines import FREEZE, RIGHT_DAYS, SAID, USE, make_typed
from console.dashboard_cut import PERIODS, ends, period_of
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import quoted, raw_between
from console.zones import called
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Lookup
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

_MOST_DIGITS: Final = 9
_NUMBER: Final = N_("the number of a baseline")


def take_baseline(
    action: Action, words: list[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Action, dict[str, Any]]:
    """The action that does it, or shows one, and what it is told."""
    first = words[0].text.casefold()
    if scanned.note is not None:
        raise WrongWords(scanned.note_at + 1, N_("that is more than is asked for"))
    if first in FREEZE:
        return replace(action, make=make_typed, label=SAID["freeze"]), _freeze(
            words[1:], scanned, lookup
        )
    if first in USE:
        if len(words) != 2:
            what = N_("still to say: {what}").format(what=_NUMBER)
            raise WrongWords(len(scanned.line) + 1, what, unfinished=True)
        number = _number(words[1])
        if number is None:
            raise WrongWords(words[1].start + 1, N_("“{word}” is no number").format(
                word=words[1].raw
            ))  # fmt: skip
        return replace(action, make=make_typed, label=SAID["use"]), {"deed": "use", "of": number}
    return action, _shown(words)


def _shown(words: list[Token]) -> dict[str, Any]:
    """Which one, beside which days."""
    told: dict[str, Any] = {}
    which = _number(words[0]) if words else None
    if which is not None:
        told["which"], words = which, words[1:]
    if words:
        period = period_of(tuple(word.text for word in words))
        if period is None:
            what = N_("“{word}” is no period; say 30d, month, last, year, 2026-10, or two days")
            said = what.format(word=words[0].raw)
            raise WrongWords(words[0].start + 1, said, unfinished=True)
        told["period"] = period
    return told


def _freeze(words: list[Token], scanned: Scanned, lookup: Lookup) -> dict[str, Any]:
    """The name, and the days behind it."""
    for count in (2, 1):
        name, days = words[:-count], words[-count:]
        period = period_of(tuple(word.text for word in days)) if name else None
        if period is not None:
            today = lookup.at.astimezone(lookup.zone).date()
            first, last = ends(period, today)
            return {
                "deed": "freeze",
                "name": raw_between(scanned.line, name).strip('"'),
                "first": first.isoformat(),
                "last": last.isoformat(),
                "zone": called(lookup.zone, lookup.at),
            }
    lacks = RIGHT_DAYS if words else N_("what it is called")
    what = N_("still to say: {what}").format(what=lacks)
    raise WrongWords(len(scanned.line) + 1, what, unfinished=True)


def _number(word: Token) -> int | None:
    digits = word.text.lstrip("#")
    fits = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(digits) if fits else None


def baseline_words(told: Mapping[str, Any]) -> Iterator[str]:
    """The same as it may be typed."""
    if told.get("deed") == "freeze":
        yield from (FREEZE[0], quoted(told["name"]), told["first"], told["last"])
    elif told.get("deed") == "use":
        yield from (USE[0], str(told["of"]))
    else:
        yield from (str(told[name]) for name in ("which", "period") if name in told)


def baseline_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """What to do, and with which."""
    first = done[0].text.casefold() if done else ""
    if first in FREEZE:
        slot.wanted.append(N_("what it is called") if len(done) == 1 else RIGHT_DAYS)
        if len(done) > 1:
            slot.offers.append(Offer(text=PERIODS["last"][1] if chinese else "last"))
    elif first in USE:
        slot.wanted.append(_NUMBER)
    else:
        slot.wanted.append(N_("the number of a baseline, a period beside it; or nothing"))
        if not done:
            slot.offers += [Offer(text=one[chinese], goes_on=True) for one in (FREEZE, USE)]
        slot.offers += [
            Offer(text=zh if chinese else name, label=label)
            for name, (label, zh) in PERIODS.items()
        ]
