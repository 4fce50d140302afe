"""How a file of rejected rows is written, for those who write it and those who read it again."""

from __future__ import annotations

from typing import Final

from store.domain.text import safe

HEAD: Final = ("line", "reason")
"""The columns before those of the file that the rows came from."""
BEGINNING: Final = ",".join(HEAD).encode() + b","
"""By what such a file is known."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_GUARD: Final = "'"


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet runs it: an apostrophe before a formula; numbers stay.

    What looks guarded already gets one more, so that `bared` gives the very cell back.
    """
    if _is_guarded(cell) or (_begins(cell) and not _is_number(cell)):
        return _GUARD + cell
    return cell


def as_cell(cell: str) -> str:
    """The same for whoever reads it in a terminal, too: no controls, nothing that reorders."""
    return guarded(safe(cell, multiline=True, limit=4 * len(cell) + 16))


def bared(cell: str) -> str:
    """The cell without the apostrophe that guards it."""
    return cell.removeprefix(_GUARD) if _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    return cell.startswith(_GUARD) and _begins(cell.lstrip(_GUARD))


def _begins(cell: str) -> bool:
    """Whether a formula begins there, maybe behind blanks: a tab or return may have become one."""
    return cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
