"""A command line to what it means: an action, its orders, and what the action must be told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from console.actions_kinds import Takes
from console.grammar.absences import take_absence
from console.grammar.alone import HIS_OWN, only_job, order_behind, technician_alone
from console.grammar.answers import Reading, read_answers
from console.grammar.automatic import take_setting
from console.grammar.baselines import take_baseline
from console.grammar.calendars import calendar_meant
from console.grammar.checklists import read_checklist
from console.grammar.dashboards import take_cut
from console.grammar.deeds_of import DEED_LINES
from console.grammar.his_clock import by_his_clock
from console.grammar.listed import take_listed
from console.grammar.moment import take_moment
from console.grammar.options import Options, read_options
from console.grammar.people import one_of
from console.grammar.plans import take_plan
from console.grammar.posts import take_post
from console.grammar.refusals import WrongWords
from console.grammar.requests import read_request, read_skill
from console.grammar.sets import names_a_set, take_targets
from console.grammar.settings import take_figure
from console.grammar.targets import read_entry, selected
from console.grammar.tokens import scan, unglued
from console.grammar.verbs import action_of, scan_for
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Action
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.targets import Targets
    from console.grammar.tokens import Scanned, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a line means; everything named in it is there."""

    action: Action
    orders: tuple[int, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)
    """Answers by the names of the action's questions, options by theirs."""
    named: Mapping[str, Entry] = field(default_factory=dict)
    """Whom and what the answers name."""
    note: str = ""
    """To be written down about every order besides."""
    there: str = field(default="", compare=False)
    """In which zone the customer's clock hangs by which a time was said."""
    targets: Targets | None = field(default=None, compare=False)
    """How the orders were named; None where they were not."""

    @property
    def looks(self) -> bool:
        """Whether they are shown before anything is done, few or many."""
        return self.targets is not None and self.targets.looks

    @property
    def partly(self) -> bool:
        """Whether orders that refuse may be left: of a set that nobody named one by one."""
        return bool(self.told.get("partly")) or (self.targets is not None and self.targets.by_trait)


def parse(line: str, lookup: Lookup) -> Parsed:
    """What a line means; Unclear, with the column, where it means nothing certain."""
    scanned = scan(line)
    if not scanned.words:
        if scanned.note is not None:
            return parse(f"note {line.strip()}", lookup)
        raise WrongWords(1, N_("write a verb; ? lists them"), unfinished=True)
    verb, *glued = unglued(scanned.words[0])
    action = action_of(verb)
    scanned = scan_for(action, line)
    verb, *glued = unglued(scanned.words[0])
    words = [*glued, *scanned.words[1:]]
    options, rest = read_options(action, words, lookup, line)
    parsed = _READERS[action.names](action, rest, options, scanned, lookup)
    told, there = by_his_clock(parsed.told, parsed.named, parsed.orders, lookup)
    return parsed if told is parsed.told else replace(parsed, told=told, there=there)


def _orders(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    """An action about orders: those named, those of a technician, or the selected one."""
    named: dict[str, Entry] = dict(options.named)
    told = dict(options.told)
    first = rest[0] if rest else None
    taken = take_targets(action, rest, lookup)
    if first is not None and taken is not None:
        numbers, rest = taken[0].numbers, taken[1]
        if action.make is None and len(numbers) > 1:  # a screen shows one
            raise WrongWords(first.start + 1, N_("one order at a time"))
    elif first is not None and (calendar := calendar_meant(action, first, lookup)):
        told["calendar"], named["calendar"] = calendar.code, calendar
        numbers, rest = (), rest[1:]
    elif first is not None and (alone := technician_alone(action, rest, scanned, lookup)):
        his, count = alone
        number = order_behind(action, his, rest[count:], lookup)
        rest = rest[count if number is None else count + 1 :]
        numbers = (only_job(his, first, lookup) if number is None else number,)
        if action.id in HIS_OWN:
            told["technician"], named["technician"] = his.id, his
    else:
        column = (first.start if first else len(scanned.line)) + 1
        numbers = (selected(lookup, column, first.raw if first else ""),)
    reading = Reading(
        line=scanned.line,
        rest=rest,
        note=scanned.note,
        end=scanned.note_at,
        orders=numbers,
        told=dict(told),
    )
    read_answers(action, reading, lookup)
    if reading.note and not numbers:
        _no_more(action, [], scanned)  # a calendar has no story to write it into
    return Parsed(
        action=action,
        orders=numbers,
        told=reading.told,
        named={**named, **reading.named},
        note=reading.note or "",
        targets=None if taken is None else taken[0],
    )


def _maybe_orders(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    if not rest:
        return _nothing(action, rest, options, scanned, lookup)
    return _orders(action, rest, options, scanned, lookup)


def _deed(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    entry = read_entry(rest[0]) if rest else None
    if entry is not None:
        _no_more(action, rest[1:], scanned)
        return Parsed(action=action, told={**options.told, "entry": entry})
    parsed = _maybe_orders(action, rest, options, scanned, lookup)
    if len(parsed.orders) > 1:
        raise WrongWords(rest[0].start + 1, N_("one order at a time"))
    return parsed


def _recalled(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    if not rest or names_a_set(rest, lookup):
        return _orders(action, rest, options, scanned, lookup)
    _no_more(action, [], scanned)
    his = one_of("technician", rest, scanned.line, lookup)
    return Parsed(
        action=action, told={**options.told, "technician": his.id}, named={"technician": his}
    )


def _technician(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    _no_more(action, [], scanned)
    if not rest:
        what = N_("still to say: {what}").format(what=N_("technician"))
        raise WrongWords(scanned.note_at + 1, what, unfinished=True)
    his = one_of("technician", rest, scanned.line, lookup)
    told = {**options.told, "technician": his.id}
    return Parsed(action=action, told=told, named={"technician": his})


def _absence(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    told, named = take_absence(rest, scanned, lookup)
    return Parsed(action=action, told={**options.told, **told}, named=named)


def _request(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    told, named = read_request(rest, scanned, lookup)
    return Parsed(action=action, told={**options.told, **told}, named={**options.named, **named})


def _skill(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    told, named, orders = read_skill(rest, scanned, lookup)
    return Parsed(action=action, told={**options.told, **told}, named=named, orders=orders)


def _moment(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    if scanned.note:
        _no_more(action, [], scanned)
    then = take_moment(rest, lookup)
    return Parsed(action=action, told=options.told if then is None else {"then": then})


def _plans(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, _lookup: Lookup
) -> Parsed:
    if not rest:
        return _nothing(action, rest, options, scanned, _lookup)
    does, told, left = take_plan(action, rest, scanned)
    _no_more(action, left, scanned)
    return Parsed(action=does, told={**options.told, **told})


def _post(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, _lookup: Lookup
) -> Parsed:
    if not rest or scanned.note:
        return _nothing(action, [], options, scanned, _lookup)
    does, told, left = take_post(action, rest, scanned)
    _no_more(action, left, scanned)
    return Parsed(action=does, told={**options.told, **told})


def _setting(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, _lookup: Lookup
) -> Parsed:
    if not rest or scanned.note:
        return _nothing(action, rest if scanned.note else [], options, scanned, _lookup)
    by = take_figure if action.names is Takes.SETTING else take_setting
    does, told = by(action, rest, scanned)
    return Parsed(action=does, told={**options.told, **told})


def _deeds(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    if not rest:
        return _nothing(action, rest, options, scanned, lookup)
    if action.names in DEED_LINES:
        does, told = DEED_LINES[action.names].take(action, rest, scanned)
    else:
        take = take_baseline if action.names is Takes.BASELINE else take_listed
        does, told = take(action, rest, scanned, lookup)
    return Parsed(action=does, told={**options.told, **told})


def _cut(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    _no_more(action, [], scanned)
    return Parsed(action=action, told={**options.told, **take_cut(rest, lookup)})


def _checklist(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, lookup: Lookup
) -> Parsed:
    does, orders, told = read_checklist(action, rest, scanned, lookup)
    return Parsed(action=does, orders=orders, told={**options.told, **told})


def _nothing(
    action: Action, rest: list[Token], options: Options, scanned: Scanned, _lookup: Lookup
) -> Parsed:
    _no_more(action, rest, scanned)
    return Parsed(action=action, told=options.told)


def _no_more(action: Action, rest: list[Token], scanned: Scanned) -> None:
    if rest or scanned.note:
        word, column = (rest[0].raw, rest[0].start) if rest else (";", scanned.note_at)
        what = N_("“{word}” is more than {action} asks for")
        raise WrongWords(column + 1, what.format(word=word, action=action.label))


_READERS = {
    Takes.NOTHING: _nothing,
    Takes.ORDERS: _orders,
    Takes.MAYBE_ORDERS: _maybe_orders,
    Takes.DEED: _deed,
    Takes.RECALLED: _recalled,
    Takes.TECHNICIAN: _technician,
    Takes.ABSENCE: _absence,
    Takes.REQUEST: _request,
    Takes.SKILL: _skill,
    Takes.MOMENT: _moment,
    Takes.PLANS: _plans,
    **dict.fromkeys((*DEED_LINES, Takes.TRAINING, Takes.IDEAS, Takes.BASELINE), _deeds),
    Takes.CUT: _cut,
    Takes.STEPS: _checklist,
    **dict.fromkeys((Takes.AUTOMATIC, Takes.SETTING), _setting),
    Takes.POST: _post,
}
