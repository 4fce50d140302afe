"""A file attached to an order: its path, size and hash are kept, the file itself is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import instant, paragraph, whole
from store.domain.attachments import Attachment, attach, detach, files_in_effect
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.work import Work

LONGEST_PATH = 1_000
MOST_BYTES = 1 << 40
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachFile(Command):
    """A file belongs to an order, as the asker's console has read it."""

    number: int
    path: str
    """From the root."""
    size: int
    """Bytes."""
    sha256: str
    modified_at: datetime
    text: str = ""
    """What it is."""
    version: int | None = None


def attach_file(work: Work, command: AttachFile) -> Done:
    """The order with one more file."""
    path = shown_as_it_is(command.path)
    if _SHA256.fullmatch(command.sha256) is None:
        raise BadInput(
            where=N_("SHA-256"), wrong=safe(command.sha256, limit=40), right=N_("64 digits 0-9a-f")
        )
    file = Attachment(
        path=path,
        name=path.replace("\\", "/").rsplit("/", 1)[-1] or path,
        size=whole(command.size, 0, MOST_BYTES, N_("size")),
        sha256=command.sha256,
        modified_at=instant(command.modified_at, N_("changed at")),
        note=paragraph(command.text, N_("note")),
    )
    order = work.order(command.number, command.version)
    after, facts = attach(order, file, rules=work.rules(order), at=work.at, by=work.who.operator)
    work.save(order, after, *facts)
    return Done(
        sentence=N_("{file} attached to order {number}"),
        facts={"number": order.number, "file": file.name},
        numbers=(order.number,),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachFile(Command):
    """A file belongs to an order no more; its entry stays in the journal."""

    number: int
    entry: int
    """The journal entry that tells of the file."""
    version: int | None = None


def detach_file(work: Work, command: DetachFile) -> Done:
    """The order without it; BadInput where it has no such file, or no more."""
    order = work.order(command.number, command.version)
    held = files_in_effect(work.stories([order.number])[order.number])
    told = next((one for one in held if one.seq == command.entry), None)
    if told is None:
        raise BadInput(
            where=N_("the file"),
            wrong=N_("order {number} does not have it").format(number=order.number),
            right=N_("look at the order's files again"),
        )
    name, by = str((told.fact.words or {}).get("name", "")), work.who.operator
    after, facts = detach(order, told.seq, name, rules=work.rules(order), at=work.at, by=by)
    work.save(order, after, *facts)
    return Done(
        sentence=N_("{file} taken off order {number}"),
        facts={"number": order.number, "file": name or f"e{told.seq}"},
        numbers=(order.number,),
    )


def shown_as_it_is(path: str) -> str:
    """A path that every screen can show just as it is; BadInput for others, and for none.

    One that was made safe would be another file's.
    """
    shown = safe(path, limit=LONGEST_PATH + 1)
    if not path.strip():
        raise BadInput(
            where=N_("the file"),
            wrong=N_("nothing was given"),
            right=N_("write the path of a file"),
        )
    if shown != path or len(path) > LONGEST_PATH:
        raise BadInput(
            where=N_("the file"),
            wrong=N_("the name “{name}” cannot be shown as it is").format(
                name=safe(path, limit=60)
            ),
            right=N_("give the file a plain, shorter name"),
        )
    return path
