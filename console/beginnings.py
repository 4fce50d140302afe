"""What an empty desk can begin with: the sample, or a file of orders; both block."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from console.i18n import _, _n, language
from console.new_file import meant
from store.domain.errors import BadInput, Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.seat import Seat

    Progress = Callable[[int, int], None]
    """(how many rows are done, of how many)"""


def begin_with_sample(seat: Seat, progress: Progress) -> str:
    """Fill the store with the sample desk; what was made, in a sentence."""
    from console.demo.build import make_desk
    from console.turns import give_way

    def went(done: int, of: int) -> None:
        give_way()
        progress(done, of)

    afar = getattr(seat.records, "sample", None)  # where the store is open in another process
    if afar is not None:
        made = afar(who=seat.who, at=seat.now(), language=language())
    else:
        made = make_desk(seat.records, at=seat.now(), language=language(), progress=went)
    return _("the sample desk is ready: {count} orders").format(count=made)


def begin_with_nothing(seat: Seat, _progress: Progress) -> str:
    """Start empty, and remember it in the store; there is nothing to say of that."""
    from store.commands.begin import StartEmpty

    with suppress(Refusal):  # where nothing can be written, it is asked again another time
        seat.do(StartEmpty(), key=uuid4().hex)
    return ""


def begin_with_file(seat: Seat, path: str, map_name: str, progress: Progress) -> str:
    """Import a file; how many orders came of it, in a sentence."""
    from console.intake import maps
    from console.intake.importing import Importing
    from console.intake.mapping import own_map
    from console.intake.reader import examine
    from console.intake.rejects import Rejects
    from console.turns import give_way

    file = meant(path)
    given = maps.load(map_name) if map_name else maps.OWN
    table = examine(file, encoding=given.encoding, delimiter=given.delimiter, kind=given.format)
    file_map = given if map_name else own_map(table)
    if file_map is None:
        raise BadInput(
            where=str(file.name),
            wrong=N_("it is not in paidan's own field names"),
            right=N_("name a map; in a shell, paidan import --suggest FILE > MAP.toml drafts one"),
        )
    rejects = Rejects(Path(f"{file}.rejects.csv"), table.header)
    importing = Importing(
        seat.records,
        table,
        file_map,
        who=seat.who,
        at=seat.now(),
        rejects=rejects,
        progress=lambda line: progress(line, table.lines),
        between=give_way,
    )
    tally = importing.run()
    landed = _n("{n} order imported", "{n} orders imported", tally.landed).format(n=tally.landed)
    if not rejects.count:
        return landed
    reason, (line, *_others) = next(iter(rejects.lines.items()))
    said = _n(
        "{landed}, {n} row rejected (line {line}: {reason}), see {path}",
        "{landed}, {n} rows rejected (line {line}: {reason}), see {path}",
        rejects.count,
    )
    facts = {"n": rejects.count, "line": line, "reason": reason, "path": rejects.path}
    return said.format(landed=landed, **facts)
