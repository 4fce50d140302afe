"""The rows that could not be taken, in a file of their own: line, reason, cells."""

from __future__ import annotations

import csv
import stat
from collections import Counter
from typing import IO, TYPE_CHECKING, Any

from console.i18n import tell
from console.intake.marks import BEGINNING, HEAD, guarded
from console.intake.troubles import FileRefused, RowRefused
from store.domain.system_words import why
from store.domain.words import N_
from store.persistence.own_files import are_of_a_store

if TYPE_CHECKING:
    from pathlib import Path

    from console.intake.reader import Row


MOST_TOLD = 3
"""Lines that are named of one reason."""


class Rejects:
    """Collects rejected rows; the file is made with the first, and goes when there are none."""

    def __init__(self, path: Path, header: tuple[str, ...]) -> None:
        self.path = path
        self.count = 0
        self.reasons: Counter[str] = Counter()
        self.lines: dict[str, list[int]] = {}
        """The first lines of the file that were rejected, by reason."""
        self._header = header
        self._stream: IO[str] | None = None
        self._writer: Any = None

    def spare(self, source: Path) -> None:
        """Refuse a place that is not ours to write to: nothing but rejected rows is replaced.

        `source` is the file that the rows come from. To be asked before anything is done.
        """
        wrong = self._why_not(source)
        if wrong:
            raise FileRefused(file=str(self.path), wrong=wrong)

    def add(self, row: Row, refused: RowRefused) -> None:
        """Write one row down with its reason."""
        if self._stream is None:
            self._open()
        self.count += 1
        reason = tell(refused)
        self.reasons[reason] += 1
        lines = self.lines.setdefault(reason, [])
        if len(lines) < MOST_TOLD:
            lines.append(row.line)
        self._writer.writerow([row.line, guarded(reason), *map(guarded, row.cells)])

    def close(self) -> None:
        """Finish the file; one of an earlier run that has no reason any more is taken away."""
        if self._stream is not None:
            self._stream.close()
        elif not are_of_a_store(self.path) and self._is_ours():
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
        self._writer.writerow([*HEAD, *self._header])

    def _why_not(self, source: Path) -> str:
        if are_of_a_store(self.path):
            return N_("is a file of the store; name another with --rejects")
        if _same(self.path, source):
            return N_("is the file that is imported; name another with --rejects")
        if self._is_there() and not self._is_ours():
            return N_("is there and holds no rejected rows; name another with --rejects")
        return ""

    def _is_there(self) -> bool:
        """Whether there is something to lose; a device such as /dev/null keeps nothing."""
        try:
            found = self.path.stat()
        except OSError:  # not there, or not to be reached: opening it says why
            return False
        return not stat.S_ISCHR(found.st_mode) and (
            not stat.S_ISREG(found.st_mode) or found.st_size > 0
        )

    def _is_ours(self) -> bool:
        try:
            if not self.path.is_file():
                return False
            with self.path.open("rb") as stream:
                return stream.read(len(BEGINNING)) == BEGINNING
        except OSError:
            return False


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
