"""A parsed line in words, before it is done: `dispatch #1042 lift stuck to Wang Wei (T27)`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Kind, Takes
from console.grammar.alone import HIS_OWN
from console.grammar.calendars import SAID as CALENDARS
from console.grammar.remarks import remarks
from console.i18n import _, coded, fill
from console.render_told import appointment_meant, takes_said
from console.told_words import window_of
from console.whens import in_full
from console.words_heard import cause_said
from store.domain.calls import OUTCOMES
from store.domain.lifecycle import MOVES, Move
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from console.grammar.lookup import Entry
    from console.grammar.parse import Parsed
    from store.queries.board import BoardLine

SENTENCES: Final[Mapping[str, str]] = {
    "assign": N_("dispatch {orders} to {technician}"),
    "send_proposed": N_("send whom the desk proposes to {orders}"),
    "lock": N_("lock {orders} to whoever has it"),
    "unlock": N_("unlock {orders}"),
    "accept": N_("{orders}: accepted"),
    "depart": N_("{orders}: on the way"),
    "arrive": N_("{orders}: arrived"),
    "wait": N_("let {orders} wait until {wake_at}"),
    "resume": N_("{orders}: the waiting is over"),
    "finish": N_("{orders}: the work is done"),
    "verify": N_("{orders}: verified"),
    "close": N_("close {orders}"),
    "reopen": N_("reopen {orders}"),
    "decline": N_("decline {orders}"),
    "cancel": N_("cancel {orders}"),
    "needs": N_("tools and parts of {orders}"),
    "takes": N_("{orders}: the work takes {takes}"),
    "crew": N_("{orders}: a crew of {crew}"),
    "appointment": N_("{orders}: the customer awaits somebody {appointment}"),
    "duplicate": N_("mark {orders} as a duplicate of #{duplicate_of}"),
    "note": N_("note on {orders}"),
    "update": N_("the customer of {orders} was told"),
    "chase": N_("the customer asks where {orders} is"),
    "under": N_("put {orders} under #{parent}"),
    "out": N_("{orders}: on its own again"),
    "tell_all": N_("tell the customers of {orders} and of all under it"),
    "link": N_("link {orders} to #{other}"),
    "unlink": N_("link {orders} to #{other} no more"),
    "attach": N_("attach a file to {orders}"),
    "detach": N_("take a file off {orders}"),
    "split": N_("split off from {orders}"),
    "incident": N_("{orders}: a major incident, word to all every {every} minutes"),
    "stand_down": N_("{orders}: the major incident is over"),
    "related": N_("what {orders} has to do with"),
    "priority": N_("give {orders} priority {priority}"),
    "promise": N_("promise the customer of {orders} a call at {due_at}"),
    "keep": N_("the customer of {orders} was called back"),
    "follow": N_("follow {orders} yourself"),
    "new": N_("write down “{title}”"),
    "acknowledge": N_("acknowledge the alarm of {orders}"),
    "rate": N_("the customer of {orders} answers: {csat} of 5, {nps} of 10"),
    "survey_refused": N_("the customer of {orders} does not want to answer"),
    "survey_missed": N_("the customer of {orders} was not reached"),
    "cause": N_("root cause of {orders}: {cause}"),
    "exception": N_("ask to deviate on {orders}: {deviation}"),
    "outcome": N_("what came of the call about {orders}: {outcome}"),
    "shelve": N_("shelve the alarm of {orders} until {until}"),
    "unshelve": N_("take the alarm of {orders} from the shelf"),
    "undo": N_("take back the last command about {orders}"),
    "redo": N_("do again what you took back last"),
    "take_back": N_("what was done to {orders}"),
    "seen": N_("{orders}: the recall was seen"),
    "here": N_("{technician} is back: the absence is over"),
    "absent": N_("{technician} is absent from now on"),
    "who": N_("who masters {skill}"),
    "past": N_("the board as it stood at {then}"),
    "explain": N_("why the deadline of {orders}"),
    "details": N_("show {orders}"),
    "customer": N_("everything of the customer of {orders}"),
    "copy": N_("copy {orders}"),
}
"""By action; what the screen alone does is called as its key."""

WITHOUT_ORDERS: Final[Mapping[str, str]] = {
    "acknowledge": N_("acknowledge every alarm"),
    "undo": N_("take back your last command"),
    "seen": N_("{technician} knows of the recalls"),
}
"""The same where no order was named."""

_WHO_GOES: Final = N_("who should go to {orders}")
_WHY_NOT: Final = N_("who should go to {orders}, and why not {about}")
_ENTRY: Final = N_("take back what journal entry e{entry} tells")
_MORE: Final[Mapping[str, str]] = {
    "site": N_(" at {site}"),
    "customer": N_(" for {customer}"),
    "new_site": N_(" at the new site {new_site}"),
    "new_customer": N_(" for the new customer {new_customer}"),
    "asset": N_(", asset {asset}"),
    "kind": N_(", kind {kind}"),
    "needs": N_(", takes {needs}"),
    "takes": N_(", {takes} of work"),
    "crew": N_(", a crew of {crew}"),
    "appointment": N_(", appointment {appointment}"),
    "caller": N_(", called by {caller}"),
    "insist": "",
    "also": N_(", beside those who go already"),
    "instead": N_(", in the place of {instead}"),
    "until": N_(", until {until}"),
    "partly": N_(", leaving out those that refuse"),
}
_SHOWN: Final = 5


def spoken(
    parsed: Parsed, lines: Mapping[int, BoardLine], *, at: datetime, zone: tzinfo | None
) -> str:
    """What would be done, in the operator's language."""
    facts: dict[str, Any] = {
        name: in_full(value, zone, at=at) if isinstance(value, datetime) else value
        for name, value in parsed.told.items()
    }
    facts |= {name: called(entry) for name, entry in parsed.named.items()}
    if parsed.action.id == "outcome" and parsed.told.get("outcome") in OUTCOMES:
        facts["outcome"] = _(OUTCOMES[parsed.told["outcome"]].label)
    if parsed.action.id == "cause":
        facts["cause"] = cause_said(parsed.told.get("cause"))
    facts |= {n: "-" for n in ("csat", "nps") if facts.get(n, "") == ""}
    facts |= _of_the_work(parsed, zone, at)
    facts["orders"] = orders_called(parsed.orders, lines)
    said = _closed_up(fill(_template(parsed), facts), facts["orders"])
    return said + "".join(_more(parsed, facts, lines))


def _of_the_work(parsed: Parsed, zone: tzinfo | None, at: datetime) -> dict[str, str]:
    """How long, how many and for when, in words; what is taken away is said, too."""
    facts, told = {}, parsed.told
    if "takes" in told:
        facts["takes"] = takes_said(told["takes"] or None) or _("the usual time")
    if "crew" in told:
        facts["crew"] = str(told["crew"] or 1)
    if "appointment" in told:
        begins, ends = window_of(told["appointment"])
        facts["appointment"] = _("at no certain time")
        if begins is not None:
            met = appointment_meant(begins, ends, zone, at=at, there=parsed.there)
            facts["appointment"] = met
    return facts


def orders_called(numbers: tuple[int, ...], lines: Mapping[int, BoardLine]) -> str:
    """One order with its title, several by their numbers."""
    if len(numbers) == 1:
        line = lines.get(numbers[0])
        return f"#{numbers[0]} {line.title}" if line is not None else f"#{numbers[0]}"
    shown = _(", ").join(f"#{number}" for number in numbers[:_SHOWN])
    more = _(", ") + "..." if len(numbers) > _SHOWN else ""
    return _("{count} orders ({numbers})").format(count=len(numbers), numbers=shown + more)


def _closed_up(said: str, orders: str) -> str:
    """No space after a full-width bracket, which brings its own, where a number would want one."""
    return said.replace(f"{orders} ", orders) if orders.endswith("）") else said


def called(entry: Entry) -> str:
    """A name with its code, where that says more."""
    return coded(entry.name, entry.code)


def _template(parsed: Parsed) -> str:
    action = parsed.action
    if "entry" in parsed.told:
        return _ENTRY
    if action.names is Takes.MOMENT and not parsed.told:
        return action.label
    if action.names is Takes.SKILL and "skill" not in parsed.told:
        return _WHY_NOT if "about" in parsed.told else _WHO_GOES
    if "calendar" in parsed.named:
        return CALENDARS[action.id]
    if not parsed.orders and action.id in WITHOUT_ORDERS:
        return WITHOUT_ORDERS[action.id]
    return SENTENCES.get(action.id, action.label)


def _insisting(parsed: Parsed, lines: Mapping[int, BoardLine]) -> str:
    """What is passed over by insisting."""
    if parsed.action.id == "chase":
        return _(", though it is finished")
    named = [lines[number] for number in parsed.orders if number in lines]
    if parsed.action.id != "finish":
        return _(", steps skipped")
    still = _(", though the major incident #{number} still runs, open under it: {count}")
    runs = [still.format(number=one.number, count=one.under) for one in named if one.under]
    passed = _(", steps skipped")
    if any(line.technician_name is None for line in named):
        passed = _(", though nobody has it: response and arrival do not count as kept")
    elif runs and all(line.state in MOVES[Move.FINISH].sources for line in named):
        passed = ""
    return "".join([passed, *runs])


def _whose(parsed: Parsed, facts: Mapping[str, Any]) -> Iterator[str]:
    """Whose part it is, where several may have the order."""
    if parsed.action.id in HIS_OWN and "technician" in parsed.named:
        yield _(" ({technician})").format(technician=facts["technician"])


def _more(
    parsed: Parsed, facts: Mapping[str, Any], lines: Mapping[int, BoardLine]
) -> Iterator[str]:
    skilled = parsed.action.id == "who" and "skill" in parsed.told
    near = skilled and "site" in parsed.named
    yield from _whose(parsed, facts)
    unsaid = {parsed.action.id, *(("site",) if near else ())}
    for name, sentence in _MORE.items():
        if name not in unsaid and (name in parsed.told or name in parsed.named):
            yield _insisting(parsed, lines) if name == "insist" else fill(sentence, facts)
    if parsed.action.id == "new" and "priority" in parsed.told:
        yield _(", priority {priority}").format(priority=parsed.told["priority"])
    if near or (skilled and parsed.orders):
        place = facts["site" if near else "orders"]
        yield _closed_up(_(", near {orders}").format(orders=place), place)
    texts = [q.name for q in parsed.action.questions if q.kind is Kind.TEXT]
    texts += ["reason"] if parsed.action.names is Takes.ABSENCE else []
    said = [str(parsed.told[name]) for name in (*texts, "description") if parsed.told.get(name)]
    if said:
        yield _(": {what}").format(what=_("; ").join(said))
    if parsed.note:
        yield _("; note: {note}").format(note=parsed.note)
    for one in remarks(parsed.targets):
        yield _("; ") + one
