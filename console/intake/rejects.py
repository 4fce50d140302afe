"""The rows that could not be taken, in a file of their own: line, reason, cells."""

from __future__ import annotations

import csv
from collections import Counter
from typing import IO, TYPE_CHECKING, Any

from console.i18n import tell
from console.intake.troubles import FileRefused, RowRefused
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from pathlib import Path

    from console.intake.reader import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_HEAD = ("line", "reason")


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet runs it: an apostrophe before a formula; numbers stay."""
    if cell.startswith(FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


class Rejects:
    """Collects rejected rows; the file is made with the first, and goes when there are none."""

    def __init__(self, path: Path, header: tuple[str, ...]) -> None:
        self.path = path
        self.count = 0
        self.reasons: Counter[str] = Counter()
        self._header = header
        self._stream: IO[str] | None = None
        self._writer: Any = None

    def add(self, row: Row, refused: RowRefused) -> None:
        """Write one row down with its reason."""
        if self._stream is None:
            self._open()
        self.count += 1
        reason = tell(refused)
        self.reasons[reason] += 1
        self._writer.writerow([row.line, guarded(reason), *map(guarded, row.cells)])

    def close(self) -> None:
        """Finish the file; one of an earlier run that has no reason any more is taken away."""
        if self._stream is not None:
            self._stream.close()
        elif self._is_ours():
            self.path.unlink(missing_ok=True)

    def _open(self) -> None:
        try:
            # Stray bytes of the file go out again as they came in.
            self._stream = self.path.open(
                "w", encoding="utf-8", errors="surrogateescape", newline=""
            )
        except OSError as error:
            wrong = N_(
                "cannot be written for the rejected rows ({why}); name another with --rejects"
            )
            told = wrong.format(why=why(error))
            raise FileRefused(file=str(self.path), wrong=told) from error
        self._writer = csv.writer(self._stream)
        self._writer.writerow([*_HEAD, *self._header])

    def _is_ours(self) -> bool:
        try:
            with self.path.open(encoding="utf-8", errors="replace") as stream:
                return stream.readline().startswith(",".join(_HEAD))
        except OSError:
            return False
