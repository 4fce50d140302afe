"""Actions as an order's journal tells of them: what each step changed, and the action again."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.domain.corrective import Corrective, Stage, Why
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.steps_told import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("problem", "contained", "invited", "done", "verdict", "changed")
"""Free text, which goes where somebody is erased."""
INSTANTS = frozenset(
    {"found_at", "stage_since", "opened_at", "invited_at", "due_at", "done_at", "check_at"}
    | {"measured_at", "judged_at"}
)
FIGURES = ("baseline", "baseline_n", "value", "value_n")
"""What was measured, which only who sees what it is of is told."""
PLAIN = tuple(field.name for field in fields(Corrective) if field.name != "whys")
_TELLING = Telling(fields=PLAIN, words=WORDS, instants=INSTANTS, reads={"stage": Stage})


def without_figures(action: Corrective) -> Corrective:
    """The same for whoever does not see what it is measured of."""
    return evolve(action, **dict.fromkeys(FIGURES))


def step_fact(name: str, before: Corrective | None, after: Corrective) -> Fact:
    """The fact of a step: whatever it changed, so that `actions_told` finds it again."""
    became, words = _TELLING.changes(before, after)
    known = 0 if before is None else len(before.whys)
    for place, why in enumerate(after.whys[known:], known + 1):
        words |= {f"why.{place}": why.text, f"evidence.{place}": why.evidence}
        became["whys"] = place
    return Fact(name=name, body={"action": after.id, "became": became}, words=words or None)


def actions_told(facts: Iterable[Fact]) -> dict[int, Corrective]:
    """The actions of an order by their ids; erased words come back empty."""
    held: dict[int, dict[str, Any]] = {}
    for fact in facts:
        if "action" not in fact.body or "became" not in fact.body:
            continue
        became, words = dict(fact.body["became"]), fact.words or {}
        values = held.setdefault(fact.body["action"], {"id": fact.body["action"], "whys": ()})
        if (place := became.pop("whys", None)) is not None:
            why = Why(
                text=words.get(f"why.{place}", ""), evidence=words.get(f"evidence.{place}", "")
            )
            values["whys"] = (*values["whys"], why)
        for name, value in became.items():
            values[name] = _TELLING.read(name, value, words.get(name, ""))
    return {action: Corrective(**values) for action, values in held.items()}


def with_a_stake(facts: Iterable[Fact], action: int) -> frozenset[int]:
    """Who owned an action at any time since it began, or did it, in whichever round."""
    owner, began, held = 0, False, set[int]()
    for fact in facts:
        if fact.body.get("action") != action:
            continue
        became = fact.body.get("became", {})
        owner, began = became.get("owner", owner), began or fact.name == "action_started"
        held |= {became.get("done_by"), owner if began else None} - {None}
    return frozenset(held)
