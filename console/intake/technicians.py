"""A file of technicians: each row one of them, whole; columns that it lacks stay as they are."""

from __future__ import annotations

import csv
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any, Final

from console.cli_add_work import USUAL_LEVEL, last_moment
from console.intake.marks import bared
from console.intake.troubles import FileRefused, RowRefused
from store.commands.people import SaveTechnician
from store.domain.dispatch.things import parted
from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from console.intake.reader import Row, Table
    from store.queries.registers import TechnicianEntry

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "编号", "工号", "代码"),
    "name": ("name", "姓名", "名称"),
    "phone": ("phone", "电话", "联系电话"),
    "home": ("home", "home_site", "驻地", "出发站点"),
    "skills": ("skills", "skill", "技能"),
    "regions": ("regions", "region", "区域"),
    "carries": ("carries", "tools", "随身工具", "工具"),
    "certificates": ("certificates", "certificate", "证书"),
    "active": ("active", "在职"),
}
"""What a column may be called, by what it fills; the first is how we write it."""
_YES, _NO = ("yes", "true", "1", "y", "是", "在职"), ("no", "false", "0", "n", "否", "离职")
_QUOTED: Final = frozenset(';；"')
_SHOWN: Final = 40
_MOST: Final = 50
"""Things in one cell."""


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


def command_of(row: Row, columns: Mapping[str, int], *, csv_cells: bool = True) -> SaveTechnician:
    """What a row says; RowRefused or BadInput where it says nothing that can be.

    What it does not say stays as it is when the row's turn comes: who works here no more does not
    come back by a file that says nothing of that.
    """
    if row.wrong is not None:
        raise row.wrong
    bare = bared if csv_cells else str
    cells = {name: bare(row.cells[place].strip()) for name, place in columns.items()}
    if not cells["code"]:
        raise RowRefused(wrong=N_("it has no code"))
    told = {name: _READ[name](text) for name, text in cells.items() if name in _READ}
    told.setdefault("active", None)
    return SaveTechnician(code=cells["code"], name=cells.get("name") or None, **told)


def row_of(entry: TechnicianEntry, iso: Callable[[datetime | None], str | None]) -> dict[str, str]:
    """A technician as a row of such a file."""
    return {
        "code": entry.code,
        "name": entry.name,
        "phone": entry.phone,
        "home": entry.home,
        "skills": listed([f"{code}:{level}" for code, level in entry.skills]),
        "regions": listed(entry.regions),
        "carries": ";".join(sorted(parted(entry.carries))),  # none of them has one
        "certificates": listed(
            [f"{name}={iso(ends) or ''}" if ends or "=" in name else name
             for name, ends in entry.certificates]
        ),
        "active": "yes" if entry.active else "no",
    }  # fmt: skip


def listed(things: Sequence[str]) -> str:
    """Several in one cell, a semicolon between them; one that has a semicolon is quoted."""
    return ";".join(map(_quoted, things))


def _quoted(part: str) -> str:
    if not _QUOTED.intersection(part):
        return part
    doubled = part.replace('"', '""')
    return f'"{doubled}"'


def parts(text: str) -> tuple[str, ...]:
    """Those of a cell."""
    try:
        plain = text if '"' in text else text.replace("；", ";")
        (told,) = csv.reader([plain], delimiter=";", skipinitialspace=True, strict=True)
    except (ValueError, csv.Error):
        wrong = N_("“{text}” is no list with semicolons").format(text=safe(text, limit=_SHOWN))
        raise RowRefused(wrong=wrong) from None
    found = tuple(part.strip() for part in told if part.strip())
    if len(found) > _MOST:
        wrong = N_("there are {count} in one cell; at most {most}")
        raise RowRefused(wrong=wrong.format(count=len(found), most=_MOST))
    return found


def _skills(text: str) -> dict[str, int]:
    levels: dict[str, int] = {}
    for part in parts(text):
        code, colon, level = part.rpartition(":")
        if colon and not (level.strip().isascii() and level.strip().isdecimal() and len(level) < 5):
            raise BadInput(
                where=N_("skill"),
                wrong=safe(part, limit=_SHOWN),
                right=N_("write the code and, after a colon, 1 to 5"),
            )
        levels[(code if colon else part).strip()] = int(level) if colon else USUAL_LEVEL
    return levels


def _papers(text: str) -> tuple[tuple[str, datetime | None], ...]:
    return tuple(map(_paper, parts(text)))


def _paper(part: str) -> tuple[str, datetime | None]:
    name, sign, until = part.rpartition("=")
    if not sign:
        return part, None
    try:
        return name.strip(), last_moment(until) if until.strip() else None
    except ArgumentTypeError:
        raise BadInput(
            where=N_("certificate"),
            wrong=safe(part, limit=_SHOWN),
            right=N_("write its name and, after =, the day on which it ends: 2027-03-31"),
        ) from None


def yes_or_no(text: str, where: str) -> bool:
    """Whether a cell says yes, in either language; nothing is yes."""
    said = text.casefold()
    if said in _YES or not said:
        return True
    if said in _NO:
        return False
    raise BadInput(where=where, wrong=safe(text, limit=_SHOWN), right=N_("write yes or no"))


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "phone": str,
    "home": str,
    "skills": _skills,
    "regions": parts,
    "carries": lambda text: tuple(sorted(parted(text))),
    "certificates": _papers,
    "active": lambda text: yes_or_no(text, "active"),
}
