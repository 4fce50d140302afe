"""What is said of the rows of a file that could not be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n

if TYPE_CHECKING:
    from console.intake.rejects import Rejects

MOST_REASONS: Final = 5


def rejected_lines(rejects: Rejects) -> list[str]:
    """How many rows were rejected, and the commonest reasons."""
    if not rejects.count:
        return []
    said = _n(
        "{n} row was rejected, see {path}:",
        "{n} rows were rejected, see {path}:",
        rejects.count,
    )
    common = rejects.reasons.most_common(MOST_REASONS)
    lines = [said.format(n=rejects.count, path=rejects.path)]
    lines += [_reason(reason, n, rejects.lines[reason]) for reason, n in common]
    if len(rejects.reasons) > MOST_REASONS:
        more = len(rejects.reasons) - MOST_REASONS
        said = _n("and {n} other reason", "and {n} other reasons", more)
        lines.append("  " + said.format(n=more))
    return lines


def _reason(reason: str, count: int, lines: list[int]) -> str:
    """Why rows were rejected, and where the first of them stand."""
    where = _(", ").join(map(str, lines)) + (" ..." if count > len(lines) else "")
    said = _n("{n} x {reason} (line {lines})", "{n} x {reason} (lines {lines})", count)
    return "  " + said.format(n=count, reason=reason, lines=where)
