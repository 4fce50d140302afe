"""Rows of the suggestion box, and what is told of the one at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_ideas import IDEA_DEEDS
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_card import when
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.ideas import VERDICTS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.ideas import Box, IdeaLine


def idea_columns() -> tuple[Column, ...]:
    """What is told of a suggestion."""
    return (
        Column(name="id", title=_("no."), width=5, align="right"),
        Column(name="verdict", title=_("state"), width=11),
        Column(name="who", title=_("who"), width=10, flexible=True),
        Column(name="text", title=_("suggestion"), width=24, flexible=True),
        Column(name="reward", title=_("reward"), width=8, align="right"),
        Column(name="effect", title=_("effect"), width=14, flexible=True, since=100),
    )


def verdict_said(verdict: str) -> str:
    """What became of it; of a later program as it is written."""
    return _(VERDICTS[verdict]) if verdict in VERDICTS else verdict


def idea_row(line: IdeaLine, place: int, *, at: datetime) -> Row:
    """One suggestion."""
    one = line.idea
    late = one.verdict == Verdict.OPEN and one.due_at <= at
    tone = {"accepted": "good", "declined": "muted"}.get(one.verdict, "strong")
    cells = (
        str(one.id),
        Tinted(verdict_said(one.verdict), "overdue" if late else tone),
        line.submitted_by,
        one.text,
        str(one.reward) if one.reward else "",
        one.effect,
    )
    return Row(key=one.id, version=hash(cells), mark=(place,), cells=cells)


def box_heading(box: Box) -> Part:
    """How many there are, and what the fund has."""
    waiting = sum(line.idea.verdict == Verdict.OPEN for line in box.ideas)
    told = [
        _n("{count} suggestion", "{count} suggestions", len(box.ideas)).format(
            count=len(box.ideas)
        ),
        _n("{count} to be judged", "{count} to be judged", waiting).format(count=waiting),
    ]
    if box.balance is not None:
        told.append(_("the fund has {balance}").format(balance=box.balance))
    return _(", ").join(told), "strong"


def idea_told(
    line: IdeaLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the suggestion at hand, and what each key does."""
    told: list[Parts] = []
    if line is not None:
        head = _("suggestion {number} of {who}").format(number=line.idea.id, who=line.submitted_by)
        told.append(((f" {head}", "strong"),))
        told += [((" ", ""), HANG, (text, "")) for text in idea_lines(line, at=at, zone=zone)]
    return (*told, *packed(_keys(), width))


def idea_lines(line: IdeaLine, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """What was suggested, and what became of it."""
    one = line.idea
    yield one.text
    submitted = _("submitted {when}, written down by {who}; to be judged by {due}")
    yield submitted.format(
        when=when(one.submitted_at, zone, at=at),
        who=line.written_by,
        due=when(one.due_at, zone, at=at),
    )
    if one.judged_at is not None:
        yield _("{verdict} {when}: {reason} ({who})").format(
            verdict=verdict_said(one.verdict),
            when=when(one.judged_at, zone, at=at),
            reason=one.reason,
            who=line.judged_by,
        )
    if one.reward:
        yield _("rewarded with {amount} {when}").format(
            amount=one.reward, when=when(one.rewarded_at, zone, at=at)
        )
    if one.effect:
        yield _("effect: {text}").format(text=one.effect)


def _keys() -> Iterator[Parts]:
    for key, name in IDEA_DEEDS.by_key().items():
        yield (f" {key} ", "key"), (f"{_(IDEA_DEEDS.steps[name].label)} ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    steps = IDEA_DEEDS.steps
    return {key: steps[name].label for key, name in IDEA_DEEDS.by_key().items()}
