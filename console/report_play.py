"""The report of a played drill: what it came to, and what happened beside what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.i18n import _, _n
from console.page import Section
from console.report_timeline import about, happened, minute, spent, timeline
from store.domain.drill.marks import Kept
from store.domain.drill.outage import HIDDEN
from store.domain.moves_desk import PRIORITIES
from store.domain.targets import CLOCK_LABELS, ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from console.drill.gather import Played
    from store.domain.drill.marks import Score, Waits
    from store.domain.drill.own import Begun

WHAT: Final[Mapping[str, str]] = {
    "claim": N_("change claim"),
    "overrun": N_("work takes longer"),
    "department": N_("another department asked"),
    "no_access": N_("nobody opened"),
}


def title(played: Played) -> str:
    """Of the whole report."""
    return _("Drill played: {script}").format(script=played.task.script.name)


def sections(played: Played) -> list[Section]:
    """Every part, in the order in which it is read."""
    return [
        Section(heading="", said=tuple(_head(played))),
        _kept(played),
        _waited(played.score),
        *_answers(played.score),
        *_hidden(played),
        *_begun(played),
        timeline(played),
    ]


def plain(played: Played) -> dict[str, Any]:
    """As JSON tells it."""
    task, play = played.task, played.play
    return {
        "script": task.script.name,
        "seed": task.seed,
        "speed": task.speed,
        "copied": task.copied,
        "began": play.began,
        "ended": play.ended,
        "score": plain_score(played.score),
        "untouched": plain_score(played.untouched) if played.untouched else None,
        "timeline": [{"at": at, "happened": it, "done": you} for at, it, you in happened(played)],
    }


def plain_score(score: Score) -> dict[str, Any]:
    """Figures alone, as JSON tells them."""
    return {
        "orders": score.orders,
        "orders_begun": [
            {
                "order": one.number,
                "at": one.at,
                "answers": None if one.answers is None else one.answers.number,
                "call": one.call,
            }
            for one in score.begun
        ],
        "decisions": score.decisions,
        "steps_for_technicians": score.by_hand,
        "clocks": {kind.value: _plain_kept(score.of_kind(kind)) for kind in ClockKind},
        "by_priority": {
            str(priority): {
                **{
                    kind.value: _plain_kept(score.clocks.get((priority, kind), Kept()))
                    for kind in ClockKind
                },
                "customers_told": _plain_kept(score.told[priority]),
                "orphan_min": round(score.orphan_min[priority], 2),
            }
            for priority in PRIORITIES
        },
        "customers_told": _plain_kept(score.all_told),
        "orphan_min": round(sum(score.orphan_min.values()), 2),
        "acknowledged": _plain_waits(score.acknowledged),
        "sent": _plain_waits(score.sent),
        "while_down": {
            **{what: _plain_waits(waits) for what, waits in score.uncovered.items()},
            "missed": [
                {
                    "what": one.what,
                    "order": one.number,
                    "at": one.at,
                    "about": one.about or None,
                    "seen_at": one.seen_at,
                }
                for one in score.hidden
            ],
        },
        "answers": [
            {
                "what": one.asked.what,
                "order": one.asked.number,
                "at": one.asked.at,
                "written": one.written,
                "told": one.told,
            }
            for one in score.answers
        ],
    }


def _plain_kept(kept: Kept) -> dict[str, int]:
    return {"kept": kept.kept, "of": kept.of}


def _plain_waits(waits: Waits) -> dict[str, float | int | None]:
    return {
        "count": waits.count,
        "never": waits.never,
        "median_s": waits.median_s,
        "worst_s": waits.worst_s,
    }


def _head(played: Played) -> Iterator[str]:
    task, score = played.task, played.score
    minutes = (played.play.ended - played.play.began).total_seconds() / 60
    yield _(
        "{minutes} minutes at {speed} times the pace of life, seed {seed}: {calls} calls came; your"
        " decisions: {decisions}. What was not decided by the end counts neither way."
    ).format(
        minutes=f"{minutes:.1f}",
        speed=f"{task.speed:g}",
        seed=task.seed,
        calls=score.orders,
        decisions=score.decisions,
    )
    if score.by_hand:
        yield _n(
            "{n} step of technicians you took for them: their promises are yours, too.",
            "{n} steps of technicians you took for them: their promises are yours, too.",
            score.by_hand,
        ).format(n=score.by_hand)


def _kept(played: Played) -> Section:
    score = played.score
    rows = [
        (
            str(priority),
            *(_of(score.clocks.get((priority, kind), Kept())) for kind in ClockKind),
            _of(score.told[priority]),
            f"{score.orphan_min[priority]:.1f}",
        )
        for priority in PRIORITIES
    ]
    rows.append((_("all"), *_all(score)))
    if played.untouched is not None:
        rows.append((_("all, had nobody played"), *_all(played.untouched)))
    return Section(
        heading=_("Promises kept in time, of those that were kept or missed by the end"),
        heads=(
            _("priority"),
            *(_(CLOCK_LABELS[kind]) for kind in ClockKind),
            _("customers told"),
            _("minutes with nobody"),
        ),
        rows=tuple(rows),
    )


def _all(score: Score) -> tuple[str, ...]:
    return (
        *(_of(score.of_kind(kind)) for kind in ClockKind),
        _of(score.all_told),
        f"{sum(score.orphan_min.values()):.1f}",
    )


def _waited(score: Score) -> Section:
    told = (
        (_("alarms acknowledged"), score.acknowledged),
        (_("somebody sent after a call"), score.sent),
        *(
            (_("seen what {happened} while the system was down").format(happened=_(label)), waits)
            for what, label in HIDDEN.items()
            if (waits := score.uncovered[what]).count + waits.never
        ),
    )
    return Section(
        heading=_("How long it took"),
        heads=(_("what"), _("times"), _("never"), _("median"), _("worst")),
        rows=tuple(
            (label, str(one.count), str(one.never), spent(one.median_s), spent(one.worst_s))
            for label, one in told
        ),
    )


def _answers(score: Score) -> Iterator[Section]:
    if score.answers:
        yield Section(
            heading=_("What had to be answered"),
            heads=(_("what"), _("order"), _("written down"), _("customer told"), _("right")),
            rows=tuple(
                (
                    _(WHAT[one.asked.what]),
                    f"#{one.asked.number}",
                    _yes(one.written),
                    _yes(one.told),
                    _yes(one.right),
                )
                for one in score.answers
            ),
        )


def _hidden(played: Played) -> Iterator[Section]:
    """What nobody could see when it was."""
    play, missed = played.play, played.score.hidden
    if not play.outages:
        return
    spans = _(", ").join(
        _("{from_} to {to}").format(from_=minute(at, play.began), to=minute(over, play.began))
        for at, over in play.outages
    )
    nothing = _("Nothing fell due, rang or came in.")
    yield Section(
        heading=_("Missed while the system was down, minute {spans}").format(spans=spans),
        said=() if missed else (nothing,),
        heads=(
            *(_("minute"), _("what"), _("order"), _("about")),
            *(_("you saw it"), _("so long after")),
        ),
        rows=tuple(
            (
                minute(one.at, play.began),
                _(HIDDEN[one.what]),
                f"#{one.number}",
                about(one.about) or play.orders[one.number].title,
                "–" if one.seen_at is None else minute(one.seen_at, play.began),
                "–" if one.seen_at is None else minute(one.seen_at, one.at),
            )
            for one in missed
        ),
    )


def _begun(played: Played) -> Iterator[Section]:
    if played.score.begun:
        yield Section(
            heading=_("Orders that you began yourself"),
            heads=(_("minute"), _("order"), _("title"), _("what it answers")),
            rows=tuple(
                (
                    minute(one.at, played.play.began),
                    f"#{one.number}",
                    played.play.orders[one.number].title,
                    _answered(one),
                )
                for one in played.score.begun
            ),
        )


def _answered(one: Begun) -> str:
    if one.answers is not None:
        return f"#{one.answers.number} {_(WHAT[one.answers.what])}"
    if one.call is not None:
        return _("the same call as #{number}").format(number=one.call)
    return _("nothing that was called out")


def _of(kept: Kept) -> str:
    return f"{kept.kept}/{kept.of}" if kept.of else "–"


def _yes(done: bool | None) -> str:
    return "–" if done is None else _("yes") if done else _("no")
