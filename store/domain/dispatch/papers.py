"""Certificates by their names: written in capitals or not, they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.finding.grams import folded

if TYPE_CHECKING:
    from collections.abc import Iterable


def papers_of(kept: Iterable[tuple[str, float | None]]) -> dict[str, float | None]:
    """What somebody holds, folded, each until it ends in minutes from now; None for one without."""
    found: dict[str, float | None] = {}
    for name, ends in kept:
        add_paper(found, name, ends)
    return found


def add_paper(papers: dict[str, float | None], name: str, ends: float | None) -> None:
    """One more; of two that are called the same the one counts that holds longer."""
    word = folded(name)
    other = papers.get(word, ends)
    papers[word] = None if other is None or ends is None else max(other, ends)


def folded_name(name: str, other: str) -> bool:
    """Whether two names of certificates mean the same one."""
    return folded(name) == folded(other)
