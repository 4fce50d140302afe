"""What each role may do, as docs/roles.md tells it; `python -m console.roles` writes it there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.domain.who import GIVEN, RIGHT_WORDS, RIGHTS, ROLE_WORDS, Right, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE: Final = Path(__file__).parent.parent / "docs" / "roles.md"
BEGIN, END = "<!-- roles: begin -->", "<!-- roles: end -->"


def role_table() -> str:
    """Roles down, rights across."""
    rights = [right for right in Right if right is not Right.FIRE]
    heads = ["role", *(RIGHT_WORDS[right] for right in rights), "sites"]
    rows = [_row(heads), _row("---" for _ in heads)]
    for role in GIVEN:
        marks = ("✓" if right in RIGHTS[role] else "" for right in rights)
        sites = "those that it is given" if role is Role.OFFICE else "all, or those given"
        rows.append(_row([f"{ROLE_WORDS[role]} (`{role.value}`)", *marks, sites]))
    return "\n".join(rows)


def with_roles(page: str) -> str:
    """The page with the table as it is now; unchanged where it has no markers."""
    if BEGIN not in page or END not in page:
        return page
    before, rest = page.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{role_table()}\n{END}{rest.split(END, 1)[1]}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(with_roles(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{len(GIVEN)} roles\n")
