"""What an operator writes of a plan, field by field, and the command that it comes to; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Kind, Question
from console.i18n import _, language
from store.domain.errors import BadInput
from store.domain.moves_desk import PRIORITIES
from store.domain.plan_form import written_lead, written_time
from store.domain.plans import Basis, Closed
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.commands.plans import SavePlan
    from store.queries.plans import ForetellPlan, PlanLine

FIELDS: Final = (
    Question(name="title", label=N_("what is to be done")),
    Question(name="rule", label=N_("how often")),
    Question(name="start", label=N_("first day")),
    Question(name="time", label=N_("time")),
    Question(name="site", label=N_("site"), kind=Kind.SITE, optional=True),
    Question(name="customer", label=N_("customer"), kind=Kind.CUSTOMER, optional=True),
    Question(name="priority", label=N_("priority 1-4"), kind=Kind.PRIORITY, start="3"),
    Question(name="lead", label=N_("made before"), optional=True),
    Question(name="basis", label=N_("counted")),
    Question(name="closed", label=N_("closed days")),
    Question(name="until", label=N_("until"), optional=True),
)
"""The lines of the form."""

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "内容"),
    "rule": ("rule", "规则"),
    "start": ("start", "开始"),
    "time": ("time", "时间"),
    "site": ("site", "站点"),
    "customer": ("customer", "客户"),
    "priority": ("priority", "优先级"),
    "lead": ("before", "提前"),
    "basis": ("counted", "起算"),
    "closed": ("closed", "休息日"),
    "until": ("until", "截至"),
    "asset": ("asset", "设备"),
    "level": ("level", "服务级别"),
    "calendar": ("calendar", "日历"),
    "kind": ("kind", "类型"),
    "description": ("description", "说明"),
}
"""What is typed before a colon, by the field it fills."""

BASIS_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    Basis.SCHEDULED: ("scheduled", "计划"),
    Basis.COMPLETION: ("completion", "完成"),
}
CLOSED_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    Closed.NEXT: ("next", "顺延"),
    Closed.PREVIOUS: ("previous", "提前"),
    Closed.SKIP: ("skip", "跳过"),
    Closed.KEEP: ("keep", "照常"),
}
CHOICES: Final = {"basis": BASIS_WORDS, "closed": CLOSED_WORDS}
"""Fields with few answers: what is written for each, in both languages."""

_LONGEST = 40
_PLACES = ("site", "customer", "asset", "level", "calendar")


def field_of(word: str) -> str | None:
    """The field that a typed key means."""
    said = word.casefold()
    return next((field for field, words in KEYS.items() if said in words), None)


def fresh(today: str, *, chinese: bool) -> dict[str, str]:
    """What the lines of a new plan begin with."""
    return {
        "start": today,
        "time": "09:00",
        "priority": "3",
        "basis": BASIS_WORDS[Basis.SCHEDULED][chinese],
        "closed": CLOSED_WORDS[Closed.NEXT][chinese],
    }


def texts_of(line: PlanLine, *, chinese: bool) -> dict[str, str]:
    """A plan as an operator would write it; places by their codes."""
    return {
        **{name: getattr(line, name) for name in ("title", "rule", "start", "kind")},
        "description": line.description,
        "time": written_time(line.of_day),
        "priority": str(line.priority),
        "lead": written_lead(line.lead_s),
        "until": line.until or "",
        **{name: getattr(line, name) or "" for name in _PLACES},
        **{
            name: words[getattr(line, name)][chinese] if getattr(line, name) in words else ""
            for name, words in CHOICES.items()
        },
    }


def plan_saved(texts: Mapping[str, str], before: PlanLine | None = None) -> SavePlan:
    """The command that the texts come to, what they leave out as it was; BadInput says where."""
    from store.commands.plans import SavePlan

    written = {**(texts_of(before, chinese=False) if before is not None else {}), **texts}
    named: dict[str, Any] = {name: written.get(name, "").strip() or None for name in _PLACES}
    return SavePlan(
        plan=before.id if before is not None else None,
        title=written.get("title", ""),
        description=written.get("description", ""),
        kind=written.get("kind", ""),
        priority=_priority(written.get("priority", "3")),
        **_times(written),
        **named,
    )


def plan_foretold(
    texts: Mapping[str, str], before: PlanLine | None = None, *, count: int = 5
) -> ForetellPlan:
    """The question for the next dates of what is written."""
    from store.queries.plans import ForetellPlan

    written = {**(texts_of(before, chinese=False) if before is not None else {}), **texts}
    return ForetellPlan(
        plan=before.id if before is not None else None,
        **_times(written),
        **{name: written.get(name, "") for name in ("site", "customer", "calendar")},
        count=count,
    )


def _times(written: Mapping[str, str]) -> dict[str, str]:
    plain = {name: written.get(name, "") for name in ("rule", "start", "time", "lead", "until")}
    from store.domain.rule_words import time_said

    said = time_said(plain["rule"])  # a rule is shown with its time, so it may be typed with one
    if said is not None:
        plain["time"] = said
    chosen = {name: chosen_of(name, written.get(name, "")) for name in CHOICES}
    return plain | chosen


def chosen_of(field: str, text: str) -> str:
    """The code of one of few answers, the first where nothing is written."""
    said, choices = text.strip().casefold(), CHOICES[field]
    found = next((code for code, words in choices.items() if said in words), None)
    if found is None and not said:
        found = next(iter(choices))
    if found is None:
        words = ", ".join(word for pair in choices.values() for word in pair)
        label = next(question.label for question in FIELDS if question.name == field)
        raise BadInput(where=label, wrong=safe(text, limit=_LONGEST), right=words)
    return str(found)


def _priority(text: str) -> int:
    digit = text.strip().lstrip("Pp")
    if digit in {str(one) for one in PRIORITIES}:
        return int(digit)
    raise BadInput(
        where=N_("priority"),
        wrong=safe(text, limit=_LONGEST) or N_("nothing was given"),
        right=N_("write 1 (most urgent), 2, 3 or 4"),
    )


_HINTS: Final[Mapping[str, str]] = {
    "rule": N_("monthly on the 31st, monthly on the last day, 2 weeks; or an RRULE"),
    "start": N_("a day such as 2026-10-01, by the clock at the site"),
    "time": N_("a time such as 09:00, by the clock at the site"),
    "lead": N_("how long before it is due the order is made: 7d, 12h"),
    "until": N_("the last day that may come; empty for no end"),
}


def hint_of(name: str) -> str:
    """What a field wants to hear, in the operator's language."""
    if name in CHOICES:
        return _("one of: {words}").format(
            words=_(", ").join(pair[language() != "en"] for pair in CHOICES[name].values())
        )
    return _(_HINTS[name]) if name in _HINTS else " "
