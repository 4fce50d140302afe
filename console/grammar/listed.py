"""`training plan li manner +3d calls ;hvac:3`, `培训 通过 3`: steps of what stands on a list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from console.actions_ideas import IDEA_DEEDS
from console.actions_kinds import Kind, Takes
from console.actions_people import TRAINING_DEEDS
from console.grammar.baselines import baseline_offered
from console.grammar.deeds_of import DEED_LINES
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import raw_between
from console.i18n import _
from console.whens import parse_when
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.actions_kinds import Action, Question
    from console.deeds import Deeds, ListDeed
    from console.grammar.lookup import Lookup
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

LISTED: Final[Mapping[Takes, Deeds]] = {Takes.TRAINING: TRAINING_DEEDS, Takes.IDEAS: IDEA_DEEDS}
"""The steps that are typed behind a verb."""
_MOST_DIGITS: Final = 12


def take_listed(
    action: Action, words: list[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Action, dict[str, Any]]:
    """The action that does it, and what it is told."""
    deeds, end = LISTED[action.names], len(scanned.line)
    name = deeds.called(words[0].text)
    if name is None:
        choices = _(", ").join(one.words[0] for one in deeds.steps.values())
        said = deeds.unknown.format(word=words[0].raw, choices=choices)
        raise WrongWords(words[0].start + 1, said, unfinished=True)
    spec, left = deeds.steps[name], words[1:]
    told: dict[str, Any] = {"deed": name, "of": ""}
    if spec.of:
        if not left:
            what = N_("still to say: {what}").format(what=spec.of)
            raise WrongWords(end + 1, what, unfinished=True)
        told["of"] = _about(spec, left.pop(0))
    questions = list(spec.questions)
    _answered(questions, left, scanned, lookup, told)
    lacks = next((one for one in questions if not one.optional), None)
    if lacks is not None:
        what = N_("still to say: {what}").format(what=lacks.label)
        raise WrongWords(end + 1, what, unfinished=True)
    label = spec.said.format(of=told["of"]) if "{of}" in spec.said else spec.said
    return replace(action, make=deeds.typed, label=label), told


def _answered(
    questions: list[Question],
    left: list[Token],
    scanned: Scanned,
    lookup: Lookup,
    told: dict[str, Any],
) -> None:
    """One word answers each question but the last before the note, which takes what is left."""
    note = scanned.note
    while questions and left:
        question = questions.pop(0)
        later = [one for one in questions if not one.optional]
        if question.kind is Kind.WHEN:
            told[question.name] = _moment(left.pop(0), lookup)
        elif later:
            told[question.name] = left.pop(0).text
        else:
            told[question.name], left = raw_between(scanned.line, left).strip('"'), []
    if note and questions:
        told[questions.pop(_noted(questions, note)).name] = note
    elif note or left:
        at = left[0].start if left else scanned.note_at
        raise WrongWords(at + 1, N_("that is more than is asked for"))


def _noted(questions: list[Question], note: str) -> int:
    """Which question a note answers: the next one, unless it plainly says what is given."""
    from console.training_commands import says_what_is_given

    gives = questions[-1].name == "gives" and says_what_is_given(note)
    return len(questions) - 1 if gives and all(one.optional for one in questions) else 0


def _about(spec: ListDeed, word: Token) -> str:
    if not spec.by_number:
        return word.text
    digits = word.text.lstrip("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        what = N_("“{word}” is no number").format(word=word.raw)
        raise WrongWords(word.start + 1, what)
    return digits


def _moment(word: Token, lookup: Lookup) -> Any:
    try:
        return parse_when(word.text, at=lookup.at, zone=lookup.zone)
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=word.raw, right=bad.facts["right"])
        raise WrongWords(word.start + 1, what, unfinished=True) from bad


def listed_offered(slot: Slot, done: Sequence[Token], *, chinese: bool, names: Takes) -> None:
    """What to do, to which, and what it must be told."""
    deeds = LISTED[names]
    if not done:
        slot.wanted.append(deeds.asked)
        slot.offers += [
            Offer(text=one.words[chinese], label=one.label) for one in deeds.steps.values()
        ]
        return
    name = deeds.called(done[0].text)
    if name is None:
        return
    spec = deeds.steps[name]
    if spec.of and len(done) == 1:
        slot.wanted.append(spec.of)
    else:
        slot.wanted += [question.label for question in spec.questions]


LISTED_OFFERED: Final = {names: lines.offered for names, lines in DEED_LINES.items()} | {
    names: partial(listed_offered, names=names) for names in LISTED
}
LISTED_OFFERED[Takes.BASELINE] = baseline_offered


def listed_words(told: Mapping[str, Any], names: Takes) -> Iterator[str]:
    """The same as it may be typed."""
    deed = told.get("deed")
    if deed is None:
        return
    spec = LISTED[names].steps[deed]
    yield deed
    if told.get("of"):
        yield str(told["of"])
    for question in spec.questions:
        value = told.get(question.name)
        if not value:
            continue
        if question.kind is Kind.WHEN:
            yield value.isoformat(timespec="minutes")
        elif question is spec.questions[-1] and question.optional and len(spec.questions) > 1:
            yield f";{value}"
        else:
            yield str(value)
