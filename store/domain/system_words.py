"""What an operating system's refusals mean, in our own words: its own come in one language."""

from __future__ import annotations

import errno
from json import JSONDecodeError
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAID: Mapping[int, str] = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.EISDIR: N_("this is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EFBIG: N_("the file is too large"),
    errno.EIO: N_("the disk cannot be read or written"),
}


def why(error: Exception) -> str:
    """The reason of a failure with a file, as an operator may read it."""
    if isinstance(error, JSONDecodeError):
        said = N_("this is not JSON, see line {line}, column {column}")
        return said.format(line=error.lineno, column=error.colno)
    if isinstance(error, UnicodeDecodeError):
        return N_("this is no text in UTF-8, see byte {place}").format(place=error.start + 1)
    if isinstance(error, RecursionError):
        return N_("too many brackets stand within brackets")
    if not isinstance(error, OSError):
        return str(error)
    return _SAID.get(error.errno or 0) or error.strerror or str(error)
