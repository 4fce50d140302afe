"""What an action must be told, read from the words behind its targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from console.actions_kinds import OF_ONE_WORD, Kind
from console.answers_read import read
from console.cadence import parse_every
from console.grammar.alone import first_named
from console.grammar.his_clock import ByHisClock
from console.grammar.people import one_of
from console.grammar.refusals import WrongWords
from console.grammar.times import take_time
from console.grammar.tokens import as_signs, raw_between
from console.i18n import _
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Action, Question
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Token


@dataclass(slots=True, kw_only=True)
class Reading:
    """The words still to be read, and the answers so far."""

    line: str
    rest: list[Token]
    note: str | None
    """None once a question has taken it for its answer, or where there is none."""
    end: int
    """Where the words end."""
    orders: tuple[int, ...] = ()
    """Which orders it is about."""
    told: dict[str, Any] = field(default_factory=dict)
    """Answers by the names of their questions."""
    named: dict[str, Entry] = field(default_factory=dict)
    """The entries that they name."""


def read_answers(action: Action, reading: Reading, lookup: Lookup) -> None:
    """Read what every question wants; WrongWords where something is missing or too much."""
    timed = [question for question in action.questions if question.kind is Kind.WHEN]
    for question in timed:
        leads = question is action.questions[0]
        at, reading.rest = take_time(question, reading.rest, lookup, leads=leads)
        reading.told |= {} if at is None else {question.name: at}
    for question in action.questions:
        if question not in timed:
            _READERS.get(question.kind, _text)(question, reading, lookup)
    if reading.rest:
        what = N_("“{word}” is more than {action} asks for").format(
            word=raw_between(reading.line, reading.rest), action=action.label
        )
        raise WrongWords(reading.rest[0].start + 1, what)
    for question in action.questions:
        if question.name not in reading.told and question.kind is not Kind.MEMBER:
            _missing(question, reading)


def _technician(question: Question, reading: Reading, lookup: Lookup) -> None:
    if reading.rest:
        entry = one_of("technician", reading.rest, reading.line, lookup)
        reading.told[question.name], reading.named[question.name] = entry.id, entry
        reading.rest = []


def _member(question: Question, reading: Reading, lookup: Lookup) -> None:
    """Whom of those who have the order the first words name; asked only where several have it."""
    lines = lookup.lines(reading.orders)
    crews = [line for line in lines.values() if question.when(line)]
    if question.name in reading.told:
        return
    if not crews:
        _holder(question, reading, lookup)
        return
    if len(lines) > 1:
        what = N_("several have #{number}: name it alone, and who of them it is")
        raise WrongWords(reading.end + 1, what.format(number=crews[0].number))
    codes = [code for code, _name in crews[0].hands_on]
    people = [entry for entry in lookup.register("technician") if entry.code in codes]
    found = first_named(people, reading.rest)
    if found is None:
        start = reading.rest[0].start if reading.rest else reading.end
        names = _(", ").join(f"{code} {name}" for code, name in crews[0].hands_on)
        what = N_("several have #{number}, say who: {names}")
        facts = {"number": crews[0].number, "names": names}
        raise WrongWords(start + 1, what.format(**facts), unfinished=True)
    reading.told[question.name], reading.named[question.name] = found[0].id, found[0]
    reading.rest = reading.rest[found[1] :]


def _holder(question: Question, reading: Reading, lookup: Lookup) -> None:
    """The code of the only one who has it, which may be said all the same."""
    lines, rest = [*lookup.lines(reading.orders).values()], reading.rest
    code = lines[0].technician_code if len(lines) == 1 else None
    if code is None or not rest or rest[0].quoted or rest[0].text.casefold() != code.casefold():
        return
    his = next((one for one in lookup.register("technician") if one.code == code), None)
    if his is not None:
        reading.told[question.name], reading.named[question.name] = his.id, his
        reading.rest = rest[1:]


def _plain(question: Question, reading: Reading, lookup: Lookup) -> None:
    if not reading.rest:
        return
    word = reading.rest.pop(0)
    try:
        reading.told[question.name] = read(
            question, word.text.lstrip("!"), at=lookup.at, zone=lookup.zone
        )
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=word.raw, right=bad.facts["right"])
        raise WrongWords(word.start + 1, what) from bad


def _text(question: Question, reading: Reading, _lookup: Lookup) -> None:
    """All that is left, or the note where no words are."""
    rest = reading.rest
    if rest:
        alone = len(rest) == 1 and rest[0].quoted
        text = rest[0].text if alone else raw_between(reading.line, rest)
        reading.told |= {question.name: text} if text.strip() else {}
        reading.rest = []
    elif reading.note:
        reading.told[question.name], reading.note = reading.note, None


def _deviation(question: Question, reading: Reading, lookup: Lookup) -> None:
    """Words as they are, whose time is meant by the clock of the desk."""
    start = reading.rest[0].start if reading.rest else reading.end
    _text(question, reading, lookup)
    if question.name not in reading.told:
        return
    said = reading.told[question.name]
    try:
        reading.told[question.name] = read(question, said, at=lookup.at, zone=lookup.zone)
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=said, right=bad.facts["right"])
        raise WrongWords(start + 1, what) from bad


def _whole(question: Question, reading: Reading, lookup: Lookup) -> None:
    """All that is left, as one answer."""
    rest = reading.rest
    if not rest:
        return
    reading.rest = []
    said = raw_between(reading.line, rest)
    reading.told[question.name] = answered(question, said, rest[0].start, lookup)


def answered(question: Question, said: str, start: int, lookup: Lookup) -> Any:
    """What some words from a column on answer; WrongWords with what would be right.

    What is said of the customer's clock is read once it is known where he is.
    """
    if question.kind is Kind.WINDOW:
        return ByHisClock(question, said, start)
    try:
        return read(question, as_signs(said), at=lookup.at, zone=lookup.zone)
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=said, right=bad.facts["right"])
        raise WrongWords(start + 1, what) from bad


def _every(question: Question, reading: Reading, _lookup: Lookup) -> None:
    """All that is left; what the line would begin with where nothing is said."""
    rest, start = reading.rest, reading.end
    said = raw_between(reading.line, rest) if rest else question.start
    if rest:
        start, reading.rest = rest[0].start, []
    try:
        reading.told[question.name] = parse_every(said)
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=said, right=bad.facts["right"])
        raise WrongWords(start + 1, what) from bad


_READERS = {
    Kind.TECHNICIAN: _technician,
    Kind.MEMBER: _member,
    **dict.fromkeys(OF_ONE_WORD, _plain),
    Kind.EVERY: _every,
    Kind.LASTS: _whole,
    Kind.CREW: _whole,
    Kind.WINDOW: _whole,
    Kind.DEVIATION: _deviation,
}


def _missing(question: Question, reading: Reading) -> None:
    if question.optional:
        reading.told[question.name] = ""
        return
    what = N_("still to say: {what}").format(what=question.label)
    raise WrongWords(reading.end + 1, what, unfinished=True)
