"""`set rest 10h`, `set speed 30`, `设置 休息 默认`: figures of dispatch as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions_settings import BACKUP, FIGURE_SAID, TABLE, USUAL, set_figure
from console.grammar.backup_words import EXAMPLE, OFF, backups_told
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.i18n import _, in_every_language
from console.measures import measured
from store.domain.dispatch.figures import FIGURES, UNIT_WORDS, Figure, Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Action
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token


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
    told = told_of(name, [w.text if w.quoted else w.raw for w in words[1:]], text)
    if told is None:
        what = N_("“{word}” is nothing that {figure} could be: {right}")
        wrong = what.format(word=raw, figure=words[0].raw, right=right_of(name))
        raise WrongWords(words[1].start + 1, wrong)
    return replace(action, make=set_figure, label=said(told)), told


def told_of(name: str, words: Sequence[str], text: str) -> dict[str, Any] | None:
    """What is to be set; None where nothing of the kind is said."""
    if name == BACKUP:
        return backups_told(words)
    value = value_of(name, text)
    return None if value is False else {"figure": name, "value": value}


def value_of(name: str, text: str) -> int | bool | None:
    """A whole number of the figure's unit; None is as usual, False nothing of the kind."""
    if text.casefold() in USUAL:
        return None
    if name == TABLE:
        return False
    spec = FIGURES[Figure(name)]
    value = measured(spec.unit, text)
    return False if value is None or not spec.least <= value <= spec.most else value


def right_of(name: str) -> str:
    """What might be said of a figure."""
    if name in {TABLE, BACKUP}:
        return _("for instance {example}").format(example=USUAL[0] if name == TABLE else EXAMPLE)
    spec = FIGURES[Figure(name)]
    if spec.unit is Unit.PERCENT:  # as a factor, which is how most say it
        least, most, usual = (f"{n / 100:g}" for n in (spec.least, spec.most, spec.usual))
        said = _("{least} to {most}, or {low} to {high} %; for instance {usual}")
        return said.format(least=least, most=most, low=spec.least, high=spec.most, usual=usual)
    return _("{least} to {most} {unit}; for instance {usual} {unit}").format(
        least=spec.least, most=spec.most, usual=spec.usual, unit=_(UNIT_WORDS[spec.unit])
    )


def said(told: dict[str, Any]) -> str:
    """What would be set, as one sentence."""
    if told["figure"] == BACKUP:
        return _("set where, how often and for how long backups are made and kept")
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
            slot.offers.append(Offer(text=words[chinese], label=label_of(name)))
        return
    if len(done) == 1:
        if figure_called(done[0].text) == BACKUP:
            slot.wanted.append(N_("a folder, every 1h, keep 24 7 4 12; or off"))
            slot.offers.append(Offer(text=OFF[chinese]))
            return
        slot.wanted.append(N_("what it is to be: 10h, 90 min, 30 km/h, 1.4; or as usual"))
        slot.offers.append(Offer(text=USUAL[chinese]))


def figure_called(said_: str) -> str | None:
    """A figure by a word for it, or by what the screen calls it in any language."""
    wanted = said_.casefold()
    for name, words in FIGURE_SAID.items():
        if wanted in words:
            return name
    return next((name for name in FIGURE_SAID if wanted in in_every_language(label_of(name))), None)


def label_of(name: str) -> str:
    """What the screen calls it."""
    if name == BACKUP:
        return N_("backups by themselves")
    return N_("travel times") if name == TABLE else FIGURES[Figure(name)].label


def _figure(word: Token) -> str:
    found = figure_called(word.text)
    if found is None:
        choices = _(", ").join(words[0] for words in FIGURE_SAID.values())
        what = N_("“{word}” is no figure of dispatch; there are: {choices}")
        wrong = what.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, wrong, unfinished=True)
    return found
