"""Projects as the desk's journal tells of them, and told again from it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from store.domain.facts import Fact
from store.domain.projects import Handoff, Passage, Project, ProjectStep
from store.domain.steps_told import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KINDS: Final[Mapping[str, type[Any]]] = {
    "project": Project,
    "stage": Passage,
    "handoff": Handoff,
    "step": ProjectStep,
}
"""What a fact's rows are called, and what each is."""
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "project": ("title", "lead", "dropped"),
    "stage": ("why",),
    "handoff": ("words", "evidence", "who", "reason"),
    "step": ("value", "reason"),
}
"""Free text of each, which goes where somebody is erased."""
PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(field.name for field in fields(kind)) for name, kind in KINDS.items()
}
_TELLINGS: Final = {
    name: Telling(
        fields=PLAIN[name],
        words=WORDS[name],
        instants=frozenset(f.name for f in fields(kind) if "datetime" in str(f.type)),
        reads={},
    )
    for name, kind in KINDS.items()
}
NAMES: Final = (
    *("project_opened", "project_changed", "project_handed", "project_taken", "project_bounced"),
    *("project_recalled", "project_advanced", "project_back", "project_closed", "project_dropped"),
    *("project_step_done", "project_step_undone", "project_step_skipped"),
    *("project_rang", "project_seen", "project_rehomed", "project_restored"),
)
"""Facts of steps of a project."""
BELLS: Final = frozenset({"project_rang", "project_seen"})
"""Those about attention alone, which leave its version as it is."""


def step_fact(
    name: str,
    project: int,
    rows: Sequence[tuple[str, Any | None, Any]],
    *,
    gone: Sequence[tuple[str, int]] = (),
    more: Mapping[str, Any] | None = None,
) -> Fact:
    """The fact of a step: of each row what it was and is, whatever changed; which are no more."""
    told: list[list[Any]] = []
    words: dict[str, str] = {}
    for kind, before, after in rows:
        became, free = _TELLINGS[kind].changes(before, after)
        if became:
            told.append([kind, after.id, became])
        words |= {f"{kind}.{after.id}.{field}": text for field, text in free.items()}
    body = {"project": project, "rows": told, **(more or {})}
    if gone:
        body["gone"] = [list(one) for one in gone]
    return Fact(name=name, body=body, words=words or None)


def projects_told(facts: Iterable[Fact]) -> dict[str, dict[int, Any]]:
    """What the steps lead to, by kind and id; erased words come back empty."""
    held: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in KINDS}
    for fact in facts:
        words = fact.words or {}
        for kind, row, became in fact.body.get("rows", ()):
            values = held[kind].setdefault(row, {"id": row})
            for name, value in became.items():
                word = words.get(f"{kind}.{row}.{name}", "")
                values[name] = _TELLINGS[kind].read(name, value, word)
        for kind, row in fact.body.get("gone", ()):
            held[kind].pop(row, None)
    return {
        kind: {row: KINDS[kind](**values) for row, values in rows.items()}
        for kind, rows in held.items()
    }
