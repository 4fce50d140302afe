"""A file of customers: each row one of them, whole; columns that it lacks stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.intake.marks import bared
from console.intake.technicians import listed, parts, yes_or_no
from console.intake.troubles import FileRefused, RowRefused
from store.commands.bringing import BringCustomer
from store.commands.care import SaveCare
from store.commands.contracts import DecideRenewal, SaveContract
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.intake.reader import Row, Table
    from store.queries.customers import CustomerEntry

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "编号", "客户编号"),
    "name": ("name", "名称", "客户"),
    "phone": ("phone", "电话", "联系电话"),
    "tier": ("tier", "客户等级", "等级"),
    "level": ("level", "service_level", "服务级别"),
    "tags": ("tags", "标签"),
    "asks_for": ("asks_for", "指定工程师"),
    "refuses": ("refuses", "谢绝工程师"),
    "contacts": ("contacts", "联系人"),
    "lead": ("lead", "负责人"),
    "representative": ("representative", "客户代表"),
    "visits": ("visits", "上门时段"),
    "call_ahead": ("call_ahead", "提前联系"),
    "contract_from": ("contract_from", "合同首日"),
    "contract_to": ("contract_to", "合同末日"),
    "contract_level": ("contract_level", "合同级别"),
    "contract_renew": ("contract_renew", "续签期限"),
    "contract_zone": ("contract_zone", "合同时区"),
    "contract_outcome": ("contract_outcome", "续签结果"),
}
"""What a column may be called, by what it fills; the first is how we write it."""
_PLAIN: Final = ("phone", "tier", "level")
_LISTS: Final = ("tags", "asks_for", "refuses")
_CARE: Final = {"lead": "lead", "representative": "representative", "visits": "hours"}
_CONTRACT: Final = {
    "contract_from": "first",
    "contract_to": "last",
    "contract_level": "level",
    "contract_renew": "renew",
}


def columns_of(table: Table) -> dict[str, int]:
    """Where each column stands; FileRefused where there is none of codes, or one twice."""
    found: dict[str, int] = {}
    for place, head in enumerate(table.header):
        said = head.strip().casefold().replace(" ", "_")
        name = next((name for name, words in COLUMNS.items() if said in words), None)
        if name in found:
            wrong = N_("has two columns for {name}").format(name=name)
            raise FileRefused(file=table.packed.name, wrong=wrong)
        if name is not None:
            found[name] = place
    if "code" not in found or len(found) < 2:
        wrong = N_("names no column code and another of {names} in its first line")
        said = wrong.format(names=", ".join([*COLUMNS][1:]))
        raise FileRefused(file=table.packed.name, wrong=said)
    return found


def command_of(
    row: Row, columns: Mapping[str, int], *, zone: str, csv_cells: bool = True
) -> BringCustomer:
    """What a row says; RowRefused where it says nothing that can be.

    Days of a new contract are those of the zone.
    """
    if row.wrong is not None:
        raise row.wrong
    bare = bared if csv_cells else str
    cells = {name: bare(row.cells[place].strip()) for name, place in columns.items()}
    code = cells["code"]
    if not code:
        raise RowRefused(wrong=N_("it has no code"))
    told: dict[str, Any] = {name: cells[name] for name in _PLAIN if name in cells}
    told |= {name: parts(cells[name]) for name in _LISTS if name in cells}
    care: dict[str, Any] = {to: cells[name] for name, to in _CARE.items() if name in cells}
    if "call_ahead" in cells:
        care["call_ahead"] = yes_or_no(cells["call_ahead"] or "no", "call_ahead")
    signed = {to: cells[name] for name, to in _CONTRACT.items() if cells.get(name)}
    if signed and "contract_level" in cells:
        signed["level"] = cells["contract_level"]
    if signed and cells.get("contract_zone"):
        signed["zone"] = cells["contract_zone"]
    outcome, first = cells.get("contract_outcome"), signed.get("first")
    return BringCustomer(
        code=code,
        name=cells.get("name") or None,
        people=parts(cells.get("contacts", "")),
        care=SaveCare(customer=code, **care) if care else None,
        contract=SaveContract(customer=code, usual_zone=zone, **signed) if signed else None,
        renewal=DecideRenewal(customer=code, outcome=outcome, first=first) if outcome else None,
        **told,
    )


def row_of(entry: CustomerEntry) -> dict[str, str]:
    """A customer as a row of such a file."""
    return {
        **{name: getattr(entry, name) for name in ("code", "name", "phone", "tier", "level")},
        **{name: listed(getattr(entry, name)) for name in _LISTS},
        "contacts": listed(entry.people),
        "lead": entry.lead,
        "representative": entry.representative,
        "visits": entry.hours,
        "call_ahead": "yes" if entry.call_ahead else "no",
        "contract_from": entry.first_day,
        "contract_to": entry.last_day,
        "contract_level": entry.contract_level,
        "contract_renew": entry.renew_day,
        "contract_zone": entry.zone,
        "contract_outcome": entry.outcome,
    }
