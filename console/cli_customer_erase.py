"""`paidan customer erase`: somebody is forgotten, by his code or as one who called."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from console.cli_guard import WrongUsage
from console.cli_parser import whole
from console.i18n import _, done_said
from store.domain.errors import NameUnknown
from store.domain.finding.values import quoted
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from console.cli_call import Call
    from store.queries.customers import Contact, CustomerSheet, PersonLine
    from store.records import Records

    SheetOf = Callable[[argparse.Namespace, Call, Records], CustomerSheet]


_TRACE: Final = 2
"""Characters of a name that is looked for; one alone stands everywhere."""
_LEFT: Final = 50


def add_words(erase: argparse.ArgumentParser) -> None:
    """Put the command's words in."""
    erase.description = _(
        "Take the names, numbers and words of a customer who is a person, or of one of his"
        " contacts, out of the desk. Orders, times and figures stay, and the journal still"
        " verifies. Nothing takes it back. Backups, exports, recordings and files on disk are not"
        " reached: throw away what is older."
    )
    code = _("the customer's code; with --contact it may be left out")
    erase.add_argument("code", metavar="CODE", nargs="?", help=code)
    person = _("only this contact, by the number that `paidan customer show --json` gives him")
    erase.add_argument("--contact", metavar="ID", type=whole, help=person)
    sure = _("the customer's code, or the contact's number, once more; without it, it is asked for")
    erase.add_argument("--sure", metavar="CODE", help=sure)


def erase(args: argparse.Namespace, call: Call, sheet_of: SheetOf) -> int:
    """Told what would go, whoever asks writes the code once more."""
    from store.commands.erasing import ErasePerson

    if args.contact is None and args.code is None:
        raise WrongUsage(why=_("neither a customer nor a contact is named"))
    with call.records() as records:
        others: tuple[PersonLine, ...] = ()
        if args.contact is None:
            sheet = sheet_of(args, call, records)
            customer, name = sheet.card.code, sheet.card.name
            code: str = customer
            told = [name, sheet.card.phone, *_told(sheet.people)]
        else:
            contact = _contact(sheet_of, args, call, records)
            customer, code, others = None, str(args.contact), contact.others
            name = contact.person.name or contact.person.phone
            told = _told((contact.person,))
        sure = args.sure
        if sure is None and not args.json and sys.stdin.isatty() and sys.stderr.isatty():
            said = _("{name} and all words of the orders are erased for ever; write {code}:")
            call.say(said.format(name=safe(name), code=code))
            sure = sys.stdin.readline().strip()
        command = ErasePerson(customer=customer, contact=args.contact, sure=sure or "")
        done = records.do(command, who=call.who(records), at=call.at())
        named = _still_named(told, call, records)
    if args.json:
        left = {"others": [one.id for one in others], "still_named": named}
        call.json({**done.facts, **left})
        return 0
    call.print(done_said(done))
    for one in others:
        said = _("{name} has the same number: `paidan customer erase --contact {id}`")
        call.print(said.format(name=safe(f"{one.name} {one.phone}".strip()), id=one.id))
    if named:
        said = _("words of other orders still hold the name or a number, look there: {orders}")
        call.print(said.format(orders=" ".join(f"#{number}" for number in named)))
    return 0


def _told(people: Iterable[PersonLine]) -> list[str]:
    return [text for one in people for text in (one.name, one.phone)]


def _still_named(told: Iterable[str], call: Call, records: Records) -> list[int]:
    """Orders that are not his and hold his name or number in their words: the newest of them."""
    from store.queries.lists import ListOrders

    traces = {text.strip() for text in told}
    who, found = call.who(records), set[int]()
    for trace in sorted(trace for trace in traces if len(trace) >= _TRACE):
        asked = ListOrders(text=quoted(trace), limit=_LEFT)
        found |= {line.number for line in records.ask(asked, who=who, at=call.at())}
    return sorted(found)


def _customer(
    sheet_of: SheetOf, args: argparse.Namespace, call: Call, records: Records
) -> tuple[str, str]:
    card = sheet_of(args, call, records).card
    return card.code, card.name


def _contact(sheet_of: SheetOf, args: argparse.Namespace, call: Call, records: Records) -> Contact:
    """By his number alone; where a customer is named, too, he called for him."""
    from store.queries.customers import ShowContact

    named = None if args.code is None else _customer(sheet_of, args, call, records)[0]
    asked = ShowContact(contact=args.contact)
    found = records.ask(asked, who=call.who(records), at=call.at())
    if found is None or named not in {None, found.customer}:
        raise NameUnknown(what=N_("contact"), name=args.contact)
    return found
