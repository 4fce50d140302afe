"""`set rest 10h`, `set speed 30`, `设置 休息 默认`: figures of dispatch as typed."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from console.actions_settings import FIGURE_SAID, TABLE, USUAL, set_figure
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.i18n import _
from store.domain.dispatch.figures import FIGURES, UNIT_WORDS, Figure, Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Action
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

_NUMBER: Final = re.compile(r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(?P<unit>\D*)")
_UNITS: Final[dict[Unit, dict[str, int]]] = {
    Unit.KMH: dict.fromkeys(("", "km/h", "kmh", "公里", "公里/小时"), 1),
    Unit.PERCENT: {"": 1, "%": 1},
    Unit.MINUTES: {
        **dict.fromkeys(("", "m", "min", "分", "分钟"), 1),
        **dict.fromkeys(("h", "小时"), 60),
    },
}
"""By unit, what may stand behind the number, and how much of it that is."""
_AS_FACTOR: Final = 10
"""How long roads are is said as a part of a hundred, or as a factor, which is below this."""


def take_figure(
    action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any]]:
    """The action that sets it, and what it is told."""
    name = _figure(words[0])
    if len(words) == 1:
        what = N_("still to say: what “{word}” is to be, or {usual}")
        wrong = what.format(word=words[0].raw, usual=USUAL[0])
        raise WrongWords(len(scanned.line) + 1, wrong, unfinished=True)
    text, raw = "".join(w.text for w in words[1:]), " ".join(w.raw for w in words[1:])
    value = value_of(name, text)
    if value is False:
        what = N_("“{word}” is nothing that {figure} could be; there is, for instance: {example}")
        wrong = what.format(word=raw, figure=words[0].raw, example=example_of(name))
        raise WrongWords(words[1].start + 1, wrong)
    told = {"figure": name, "value": value}
    return replace(action, make=set_figure, label=said(told)), told


def value_of(name: str, text: str) -> int | bool | None:
    """A whole number of the figure's unit; None is as usual, False nothing of the kind."""
    if text.casefold() in USUAL:
        return None
    found = _NUMBER.fullmatch(text.strip())
    if name == TABLE or found is None:
        return False
    unit = FIGURES[Figure(name)].unit
    times = _UNITS[unit].get(found["unit"].strip().casefold())
    if times is None:
        return False
    number = Fraction(found["number"]) * times
    if unit is Unit.PERCENT and not found["unit"] and number < _AS_FACTOR:
        number *= 100
    return int(number) if number.denominator == 1 else False


def example_of(name: str) -> str:
    """What might be said of a figure."""
    if name == TABLE:
        return USUAL[0]
    spec = FIGURES[Figure(name)]
    return f"{spec.usual}{spec.unit.value}"


def said(told: dict[str, Any]) -> str:
    """What would be set, as one sentence."""
    if told["figure"] == TABLE:
        return _("travel times dropped: ways are reckoned from positions again")
    spec = FIGURES[Figure(told["figure"])]
    value = spec.usual if told["value"] is None else told["value"]
    return _("{figure}: {value} {unit}").format(
        figure=_(spec.label), value=value, unit=_(UNIT_WORDS[spec.unit])
    )


def figure_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """A figure first, then what it may be."""
    if not done:
        slot.wanted.append(N_("a figure of dispatch, or nothing to see them all"))
        for name, words in FIGURE_SAID.items():
            label = N_("travel times") if name == TABLE else FIGURES[Figure(name)].label
            slot.offers.append(Offer(text=words[chinese], label=label))
        return
    if len(done) == 1:
        slot.wanted.append(N_("what it is to be: 10h, 90 min, 30 km/h, 1.4; or as usual"))
        slot.offers.append(Offer(text=USUAL[chinese]))


def _figure(word: Token) -> str:
    wanted = word.text.casefold()
    found = next((name for name, words in FIGURE_SAID.items() if wanted in words), None)
    if found is None:
        choices = _(", ").join(words[0] for words in FIGURE_SAID.values())
        what = N_("“{word}” is no figure of dispatch; there are: {choices}")
        wrong = what.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, wrong, unfinished=True)
    return found
