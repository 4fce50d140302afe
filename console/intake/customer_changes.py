"""What a row of a file of customers would change in one who is there: column by column; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.intake.customers import COLUMNS, row_of
from console.intake.technicians import listed
from store.domain.callers import read_caller
from store.domain.visiting import hours_written, read_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.commands.bringing import BringCustomer
    from store.queries.customers import CustomerEntry

Changes = dict[str, tuple[str, str]]
"""By column, in the order of the file: what stands there, and what would."""
_CONTRACT: Final = {
    "contract_from": "first",
    "contract_to": "last",
    "contract_level": "level",
    "contract_renew": "renew",
    "contract_zone": "zone",
}


def changes_of(command: BringCustomer, entry: CustomerEntry) -> Changes:
    """Each column that would say another thing; empty where all of it stands there already."""
    there = row_of(entry)
    wanted = dict(_wanted(command, entry))
    return {
        name: (there[name], wanted[name])
        for name in COLUMNS
        if name in wanted and wanted[name] != there[name]
    }


def _wanted(command: BringCustomer, entry: CustomerEntry) -> Iterator[tuple[str, str]]:
    """What the row says, written as it would come out again."""
    if command.name:
        yield "name", _line(command.name)
    for name in ("phone", "tier", "level"):
        said = getattr(command, name)
        if said is not None:
            yield name, _line(said)
    for name in ("tags", "asks_for", "refuses"):
        said = getattr(command, name)
        if said is not None:
            yield name, _in_order(said, getattr(entry, name))
    yield "contacts", _with_more(command.people, entry.people)
    yield from _cared(command, entry)
    yield from _signed(command, entry)


def _cared(command: BringCustomer, entry: CustomerEntry) -> Iterator[tuple[str, str]]:
    care = command.care
    if care is None:
        return
    if care.lead is not None:
        yield "lead", _line(care.lead)
    if care.representative is not None:
        same = read_caller(care.representative) == read_caller(entry.representative)
        yield "representative", entry.representative if same else _line(care.representative)
    if care.hours is not None:
        yield "visits", hours_written(read_hours(care.hours))
    if care.call_ahead is not None:
        yield "call_ahead", "yes" if care.call_ahead else "no"


def _signed(command: BringCustomer, entry: CustomerEntry) -> Iterator[tuple[str, str]]:
    contract = command.contract
    if contract is not None:
        for name, field in _CONTRACT.items():
            said = getattr(contract, field)
            if said is not None:
                yield name, _line(str(said))
        if not contract.zone and not entry.zone:
            yield "contract_zone", contract.usual_zone
    if command.renewal is not None:
        yield "contract_outcome", str(command.renewal.outcome)


def _in_order(said: tuple[str, ...], there: tuple[str, ...]) -> str:
    """A list; as it stands there, where it has the same in another order."""
    same = {*map(_line, said)} == {*there}
    return listed(there if same else [*map(_line, said)])


def _with_more(said: tuple[str, ...], there: tuple[str, ...]) -> str:
    """Who calls for him: a file adds people, and takes nobody away."""
    known = {read_caller(one) for one in there}
    new = [one for one in map(_line, said) if read_caller(one) not in known]
    return listed([*there, *new])


def _line(text: str) -> str:
    return " ".join(text.split())
