"""A file that the operator names, read on this machine into the command that attaches it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, Protocol

from store import reach
from store.commands.attachments import AttachFile, shown_as_it_is
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.text import safe
from store.domain.words import N_
from store.persistence.files_now import NotAsSeen, known_hash, modified_at, sight_of
from store.persistence.own_files import are_of_a_store


class Named(Protocol):
    """An order by its number, and the version that was seen."""

    @property
    def number(self) -> int: ...
    @property
    def version(self) -> int | None: ...


MOST = 1 << 30
"""Bytes; reading more would take the operator's time."""


def attaching(line: Named, named: str, text: str) -> AttachFile:
    """The command that attaches a file to an order; blocks while it is read, once for many orders.

    BadInput for what is no file, for one that cannot be read, and for the store's own: to open
    that one, and close it, drops the locks that its database holds. OutOfReach where no file can
    be named.
    """
    reach.check()
    path = named.strip()
    try:
        path = shown_as_it_is(os.path.abspath(os.path.expanduser(path)))
        found = os.stat(path)
        wrong = _wrong(path, found)
        if not wrong:
            return AttachFile(
                number=line.number,
                path=path,
                size=found.st_size,
                sha256=known_hash(path, sight_of(found)),
                modified_at=modified_at(found),
                text=text,
                version=line.version,
            )
    except OSError as error:
        wrong = why(error)
    except NotAsSeen:
        wrong = N_("it changes while it is read, or tells another size than it has")
    except ValueError:
        wrong = N_("it is no path")
    said = N_("{name}: {wrong}").format(name=safe(path, limit=200), wrong=wrong)
    raise BadInput(where=N_("the file"), wrong=said, right=N_("write the path of a file"))


def _wrong(path: str, found: os.stat_result) -> Any:
    if not stat.S_ISREG(found.st_mode):
        return N_("it is a folder or a device, not a file")
    if are_of_a_store(Path(path)):
        return N_("it is a file of the store itself")
    if found.st_size > MOST:
        return N_("it is larger than {most} GiB").format(most=MOST >> 30)
    return ""
