"""What may stand where the cursor is: verbs, orders, people, times, options; and what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.actions_kinds import OF_ONE_WORD, Kind, Names, Takes
from console.grammar.absences import REASON, UNTIL
from console.grammar.alone import WRITES
from console.grammar.calendars import SAID as CALENDARS
from console.grammar.calendars import calendar_meant
from console.grammar.checklists import checklist_offered
from console.grammar.dashboards import cut_offered
from console.grammar.files import names_offered, order_of
from console.grammar.heeded import labelled
from console.grammar.listed import LISTED_OFFERED
from console.grammar.names import fits, has_initials
from console.grammar.offered import Offer, Offers, Slot
from console.grammar.offers_automatic import plan_offered, setting_offered
from console.grammar.offers_sets import filter_offered, sets_offered
from console.grammar.offers_times import moments_offered, times_offered
from console.grammar.options import NAMED, is_option
from console.grammar.posts import post_offered
from console.grammar.requests import NEAR, NOT
from console.grammar.sets import names_a_set
from console.grammar.settings import figure_offered
from console.grammar.targets import are_orders, read_entry
from console.grammar.tokens import scan, unglued, untargeted
from console.grammar.verbs import ABOUT_ORDERS, OPTION_HELP, VERBS, options_of, scan_for
from console.words_heard import OFFERED, words_of
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from console.actions_kinds import Action, Question
    from console.grammar.lookup import Lookup
    from console.grammar.tokens import Token

_MOST: Final = 40


def offers(line: str, cursor: int, lookup: Lookup, *, chinese: bool = False) -> Offers:
    """What may stand at a cursor (0 is before the first character), in one language's words."""
    scanned = scan(line[:cursor])
    begun = scanned.words and VERBS.get(unglued(scanned.words[0])[0].text.casefold())
    if begun and begun.names in ABOUT_ORDERS:
        scanned = scan_for(begun, line[:cursor])
    if scanned.note is not None:
        start = scanned.note_at + 1
        return Offers(start=start, end=cursor, typed=line[start:cursor], wanted=(N_("a note"),))
    words = list(scanned.words)
    open_word = bool(words) and words[-1].end == cursor
    held = words[-1] if open_word else None
    if not words or (len(words) == 1 and held is not None and len(unglued(held)) == 1):
        typed = held.text if held else ""
        slot = _verbs(typed, chinese=chinese)
    else:
        words = [*unglued(words[0]), *words[1:]]
        action = VERBS.get(words[0].text.casefold())
        done, held = (words[1:-1], words[-1]) if open_word else (words[1:], None)
        typed = held.text if held else ""
        if action is None:
            slot = Slot()
        elif held is not None and not done and _is_filter(action, held):
            slot = Slot()
            filter_offered(slot, held, lookup, chinese=chinese)
        else:
            slot = _inside(action, done, typed, lookup, chinese=chinese)
    start = slot.start if slot.start is not None else held.start if held else cursor
    fitting = [offer for offer in slot.offers if _begins(offer, typed)]
    return Offers(
        start=start,
        end=cursor,
        typed=line[start:cursor],
        wanted=tuple(slot.wanted),
        offers=tuple(fitting[: max(_MOST, len(ACTIONS))]),
    )


def _is_filter(action: Action, held: Token) -> bool:
    return action.names in ABOUT_ORDERS and not held.quoted and held.text.startswith(("(", "{"))


def _begins(offer: Offer, typed: str) -> bool:
    if not typed or offer.text.casefold().startswith(typed.casefold()):
        return True
    return offer.sure


def _verbs(typed: str, *, chinese: bool) -> Slot:
    """One verb an action in the operator's language, until something is typed that others fit."""
    slot = Slot(wanted=[N_("a verb: what to do")])
    for action in ACTIONS.values():
        verbs = sorted(action.verbs, key=lambda verb: verb.isascii() == chinese)
        shown = verbs if typed else verbs[:1]
        slot.offers += [Offer(text=verb, label=action.help) for verb in shown]
    return slot


def _inside(
    action: Action, done: list[Token], typed: str, lookup: Lookup, *, chinese: bool
) -> Slot:
    slot = Slot()
    last = next((p for p in reversed(range(len(done))) if is_option(done[p], action)), -1)
    said = done[last].text[1:].casefold() if last >= 0 else ""
    if said in NAMED and said in action.options:
        slot.wanted.append(OPTION_HELP[said])
        _names(slot, NAMED[said][0], done[last + 1 :], typed, lookup)
        return slot
    plain = [word for word in done if not is_option(word, action)]
    if action.asks_path or not typed.startswith("/"):
        _places(slot, action, plain, typed, lookup, chinese=chinese)
    slot.offers += [Offer(text=f"/{o}", label=OPTION_HELP[o]) for o in options_of(action)]
    return slot


def _places(
    slot: Slot, action: Action, done: list[Token], typed: str, lookup: Lookup, *, chinese: bool
) -> None:
    names = action.names
    if names in _PLAIN:
        _PLAIN[names](slot, done, typed, lookup)
    elif names is Takes.SKILL:
        _skill(slot, done, typed, lookup, chinese=chinese)
    elif names is Takes.MOMENT:
        slot.wanted.append(N_("a past moment: 09:15, yesterday 17:00, 2h ago, 2026-09-21 09:15"))
        moments_offered(slot, done, typed, lookup, chinese=chinese)
    elif names in _OFFERED:
        _OFFERED[names](slot, done, chinese=chinese)
    elif names is not Takes.NOTHING and not done:
        _targets(slot, action, typed, lookup, chinese=chinese)
    elif names is not Takes.NOTHING:
        first = untargeted(done[0])[0]
        calendar = calendar_meant(action, done[0], lookup)
        if calendar is not None or read_entry(first) is not None:
            given = done[1:]
        else:
            given = done[names_a_set(done, lookup) :]
        order = order_of(done, lookup)
        _questions(slot, action, given, typed, lookup, chinese=chinese, order=order)


_OFFERED = {Takes.PLANS: plan_offered, **LISTED_OFFERED}
_OFFERED |= {Takes.AUTOMATIC: setting_offered, Takes.SETTING: figure_offered}
_OFFERED |= {Takes.POST: post_offered, Takes.STEPS: checklist_offered}


def _targets(slot: Slot, action: Action, typed: str, lookup: Lookup, *, chinese: bool) -> None:
    slot.wanted += [
        N_("orders: 1042, 12-15,18, . the selected one, .. the one before, * those listed"),
        N_("or a queue, a saved view, a filter in brackets: (site:HQ overdue)"),
    ]
    if action.asks_path and "/" in typed:
        _files(slot, Names.PATH, action, [], typed, lookup, None)
    for sign, number in ((".", lookup.selected), ("..", lookup.before)):
        line = lookup.lines([number]).get(number) if number is not None else None
        if line is not None:
            slot.offers.append(Offer(text=sign, label=f"#{line.number} {line.title}"))
    slot.offers += sets_offered(action, typed, lookup, chinese=chinese)
    if action.id in CALENDARS:
        slot.wanted.append(N_("or the code of a calendar, for its alarm"))
        slot.offers += _entries("calendar", typed, lookup)
    kinds = {question.kind for question in action.questions}
    if Kind.TECHNICIAN in kinds:
        slot.wanted.append(N_("or who goes, for the selected order"))
    elif Kind.TEXT not in kinds or action.id not in WRITES or action.names is Takes.RECALLED:
        slot.wanted.append(N_("or a technician, for the only order there"))
    else:
        return
    to = lookup.selected if Kind.TECHNICIAN in kinds else None
    slot.offers += _entries("technician", typed, lookup, order=to)


def _questions(
    slot: Slot,
    action: Action,
    given: list[Token],
    typed: str,
    lookup: Lookup,
    *,
    chinese: bool,
    order: int | None,
) -> None:
    for question in _open(action, given):
        slot.wanted.append(question.label)
        if question.names is not None:
            _files(slot, question.names, action, given, typed, lookup, order)
        if question.kind is Kind.TECHNICIAN:
            _names(slot, "technician", given, typed, lookup, order=order)
        elif question.kind is Kind.PRIORITY:
            slot.offers += [Offer(text=str(priority)) for priority in (1, 2, 3, 4)]
        elif question.kind in OFFERED:
            slot.offers += [Offer(text=word) for word in words_of(question.kind, chinese=chinese)]
        elif question.kind is Kind.WHEN:
            times_offered(slot, given, typed, lookup, chinese=chinese)


def _open(action: Action, given: list[Token]) -> Iterator[Question]:
    """The questions that the words so far have not answered for certain."""
    single = len(given)
    for question in action.questions:
        if question.kind in OF_ONE_WORD and single:
            single -= 1
            continue
        yield question


def _request(slot: Slot, done: list[Token], typed: str, lookup: Lookup) -> None:
    slot.wanted += [N_("what is wrong"), N_("@site"), N_("!priority, 1 to 4"), N_(";description")]
    if typed.startswith(("@", "＠")):
        found = _entries("site", typed[1:], lookup)
        slot.offers += [Offer(text="@" + one.text, label=one.label, sure=True) for one in found]
    elif site := _site_begun(done):
        found = list(_entries("site", " ".join([*(w.text for w in site), typed])[1:], lookup))
        slot.start = site[0].start if found else None
        slot.offers += [Offer(text="@" + one.text, label=one.label, sure=True) for one in found]
    elif typed.startswith(("!", "！")):
        slot.offers += [Offer(text=f"!{priority}") for priority in (1, 2, 3, 4)]


def _technician(slot: Slot, done: list[Token], typed: str, lookup: Lookup) -> None:
    slot.wanted.append(N_("technician"))
    _names(slot, "technician", done, typed, lookup)


def _absence(slot: Slot, done: list[Token], typed: str, lookup: Lookup) -> None:
    _technician(slot, done, typed, lookup)
    slot.wanted += [UNTIL.label, REASON.label]


_PLAIN = {Takes.REQUEST: _request, Takes.TECHNICIAN: _technician, Takes.ABSENCE: _absence}
_PLAIN |= {Takes.CUT: cut_offered}


def _site_begun(done: list[Token]) -> list[Token]:
    """The words from the last `@` on, where no priority stands behind it."""
    at = next((p for p in reversed(range(len(done))) if done[p].text.startswith("@")), len(done))
    words = done[at:]
    return [] if any(word.text.startswith("!") for word in words) else words


def _skill(slot: Slot, done: list[Token], typed: str, lookup: Lookup, *, chinese: bool) -> None:
    if done and are_orders(done[0]):
        slot.wanted.append(N_("of whom to ask why not"))
        _names(slot, "technician", [w for w in done[1:] if w.text not in NOT], typed, lookup)
        return
    near = next((p for p, word in enumerate(done) if word.text.casefold() in NEAR), None)
    if near is not None:
        slot.wanted.append(N_("a site or an order"))
        _names(slot, "site", done[near + 1 :], typed, lookup)
    elif done:
        slot.wanted.append(N_("near which site or order"))
        slot.offers.append(Offer(text="附近" if chinese else "near"))
    else:
        slot.wanted += [N_("an order"), N_("a skill")]
        slot.offers += _entries("skill", typed, lookup)


def _files(
    slot: Slot,
    names: Names,
    action: Action,
    given: Sequence[Token],
    typed: str,
    lookup: Lookup,
    order: int | None,
) -> None:
    """Offer names of files in the place of all their words; none behind one that is whole."""
    if any(word.quoted for word in given) or (given and not typed):
        return
    said = " ".join([*(word.raw for word in given), typed])
    found = list(names_offered(names, action, said, order, lookup))
    if found and given:
        slot.start = given[0].start
    slot.offers += [Offer(text=text, sure=True, goes_on=more) for text, more in found[:_MOST]]


def _names(
    slot: Slot,
    what: str,
    before: Sequence[Token],
    typed: str,
    lookup: Lookup,
    *,
    order: int | None = None,
) -> None:
    """Offer names of several words in the place of all of them."""
    if before:
        slot.start = before[0].start
    said = " ".join([*(w.text for w in before), typed])
    slot.offers += _entries(what, said, lookup, order=order)


def _entries(what: str, typed: str, lookup: Lookup, *, order: int | None = None) -> Iterable[Offer]:
    wanted = " ".join(typed.casefold().split())
    for entry, label in labelled(what, lookup, order):
        if not wanted or fits(entry, wanted) or has_initials(entry, wanted):
            yield Offer(text=entry.code, label=label, sure=True)
