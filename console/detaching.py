"""A file of an order that the operator names, as the command that takes it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from store.commands.attachments import DetachFile
from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_
from store.queries.card import OrderCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Ask
    from store.queries.board import BoardLine
    from store.queries.files import FileLine

_DIGITS = 6
"""Of a hash, from which on it names a file."""
_SHOWN = 5


def detaching(line: BoardLine, named: str, ask: Ask) -> DetachFile:
    """Takes the file off that is meant; blocks. BadInput where none is, or several may be."""
    files: Sequence[FileLine] = ask(OrderCard(number=line.number)).files
    found = files_meant(files, named)
    if len({(file.path, file.sha256) for file in found}) == 1:  # attached twice: the newer goes
        return DetachFile(number=line.number, entry=found[-1].seq, version=line.version)
    if not files:
        wrong = N_("order {number} has none").format(number=line.number)
    elif not found:
        wrong = N_("order {number} has none called “{name}”").format(
            number=line.number, name=safe(named, limit=200)
        )
    else:
        wrong = N_("several may be meant: {names}").format(names=_listed(found))
    right = N_("write its name, its path or the beginning of its SHA-256")
    raise BadInput(where=N_("the file"), wrong=wrong, right=right)


def files_meant(files: Sequence[FileLine], named: str) -> tuple[FileLine, ...]:
    """Those of a name, a path or a hash; else those whose name begins so; nothing names all."""
    wanted = named.strip().casefold()
    if not wanted:
        return tuple(files)
    called = tuple(f for f in files if wanted in (f.name.casefold(), f.path.casefold()))
    hashed = tuple(f for f in files if len(wanted) >= _DIGITS and f.sha256.startswith(wanted))
    begun = tuple(f for f in files if f.name.casefold().startswith(wanted))
    return called or hashed or begun


def _listed(files: Sequence[FileLine]) -> str:
    """Each by its name, and by its hash beside it: two may be called alike."""
    said = _("{name} ({what})")
    shown = [
        said.format(name=safe(file.name, limit=60), what=file.sha256[:_DIGITS])
        for file in files[:_SHOWN]
    ]
    return _(", ").join([*shown, *(["..."] if len(files) > _SHOWN else [])])
