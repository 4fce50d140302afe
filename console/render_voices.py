"""The list of complaints and praise: a row each, the one at hand whole, and on cards; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_voices import BY_KEY, DEEDS, NEW
from console.deed_kinds import step_keys
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import flat, packed
from console.render_card import when
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_heard import cause_said
from console.words_voices import about_said, channel_said, stand_said
from store.domain.voice_steps import lacks_cause
from store.domain.voices import ERASED, Stand
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.voices import VoiceLine

SHOW = "7"
"""The key that goes on to what is over, to praise, and back to what is open."""


def voice_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="id", title=_("compl. no."), width=10, align="right"),
        Column(name="due", title=_("due"), width=7, align="right", clock=True),
        Column(name="stand", title=_("stands"), width=14, flexible=True),
        Column(name="about", title=_("about"), width=15, flexible=True),
        Column(name="who", title=_("customer"), width=12, flexible=True),
        Column(name="said", title=_("own words"), width=16, flexible=True),
        Column(name="technician", title=_("technician"), width=10, since=110),
        Column(name="order", title=_("order"), width=7, align="right", since=90),
    )


def voice_row(line: VoiceLine, place: int) -> Row:
    """One of them, at its place in the list."""
    voice = line.voice
    waits = voice.stand is Stand.OPEN and not voice.praise
    stand = "" if voice.praise and voice.over_at is None else stand_said(voice)
    cells = (
        str(voice.id),
        stand if waits else Tinted(stand, "muted"),
        about_said(voice),
        line.customer or line.place or voice.speaker,
        voice.said.split("\n", 1)[0] or Tinted(_("words erased"), "muted"),
        line.technician,
        "" if voice.number is None else f"#{voice.number}",
    )
    due_at = voice.answer_by if waits else None
    return Row(key=voice.id, version=hash(cells), mark=(place,), cells=cells, due_at=due_at)


def how_many(lines: Sequence[VoiceLine], view: int, *, at: datetime) -> Part:
    """What is listed, how much of it, and how many are late."""
    count = len(lines)
    if view == 1:
        return _n("{count} complaint over", "{count} complaints over", count).format(
            count=count
        ), "strong"
    if view == 2:
        return _n("{count} praise", "{count} praises", count).format(count=count), "strong"
    if not count:
        return _("no complaint is open"), "muted"
    waits = [line.voice for line in lines if line.voice.stand is Stand.OPEN]
    late = sum(1 for voice in waits if voice.answer_by is not None and voice.answer_by < at)
    told = _n("{count} complaint to be answered", "{count} complaints to be answered", len(waits))
    said = [told.format(count=len(waits))]
    if count > len(waits):
        said.append(_("{count} to be closed").format(count=count - len(waits)))
    if late:
        said.append(_n("{count} overdue", "{count} overdue", late).format(count=late))
    return "  ".join(said), "overdue" if late else "strong"


def voice_told(
    line: VoiceLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the one at hand, and what each key does, on lines so wide."""
    told = () if line is None else tuple(_told(line, at, zone))
    return (*told, *packed((*step_keys(DEEDS, BY_KEY, refused_now(line)), _show_key()), width))


def voice_lines(line: VoiceLine, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The same as plain lines, however long."""
    for parts in _told(line, at, zone):
        yield "".join(text for text, _tone in parts).rstrip()


def _told(line: VoiceLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    voice = line.voice
    name = _("praise {number}") if voice.praise else _("complaint {number}")
    where = _(", ").join(filter(None, (line.customer, line.place, line.asset, line.title)))
    yield (f" {name.format(number=voice.id)} ", "strong"), (where, "strong")
    came = _("{when}, {channel}: {who}").format(
        when=when(voice.received_at, zone, at=at),
        channel=channel_said(voice.channel),
        who=voice.speaker or _("nobody noted who"),
    )
    about = _("{about}; {came}").format(about=about_said(voice), came=came)
    yield (" ", ""), HANG, (about, "muted")
    said = _("Said: {text}").format(text=flat(voice.said)) if voice.said else _(ERASED)
    yield (" ", ""), HANG, (said, "")
    for text, tone in _since(line, at, zone):
        yield (" ", ""), HANG, (text, tone)


def _since(line: VoiceLine, at: datetime, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    """What became of it."""
    voice = line.voice
    if line.technician:
        yield _("About: {name}").format(name=line.technician), ""
    if voice.answered_at is not None:
        late = voice.answer_by is not None and voice.answered_at > voice.answer_by
        said = _("Answered {when} to {whom}: {text} ({who})").format(
            when=when(voice.answered_at, zone, at=at),
            whom=voice.answered_to,
            text=flat(voice.answer),
            who=line.answered_by,
        )
        yield (_("{said}; late").format(said=said) if late else said), "overdue" if late else ""
    elif line.erased and voice.over_at is None:
        yield _("Nobody is to be answered any more: it is closed with its root cause alone"), ""
    elif voice.answer_by is not None and voice.over_at is None:
        late = voice.answer_by < at
        due = when(voice.answer_by, zone, at=at)
        yield _("To be answered by {due}").format(due=due), "overdue" if late else ""
    if voice.cause:
        yield _("Root cause: {cause}").format(cause=cause_said(voice.cause)), ""
    if line.action is not None:
        yield _("Action {number} sees to it").format(number=line.action), ""
    if voice.withdrawn:
        yield _("Withdrawn: {text}").format(text=voice.withdrawn), "muted"


def refused_now(line: VoiceLine | None) -> frozenset[str]:
    """The steps that make no sense now: of nothing, of praise, of what lacks an answer or cause."""
    others = frozenset(BY_KEY.values()) - NEW
    if line is None or line.voice.stand is Stand.WITHDRAWN:
        return others
    voice = line.voice
    if voice.praise:
        return others - {"withdraw"}
    found = set()
    if voice.over_at is not None:
        found |= {"answer", "cause", "close", "withdraw"}
    if lacks_cause(voice) or (voice.answered_at is None and not line.erased):
        found.add("close")
    if lacks_cause(voice) or line.action is not None:
        found.add("act")
    return frozenset(found)


def _show_key() -> Parts:
    return (f" {SHOW} ", "key"), (_(_SHOWN) + " ", "")


_SHOWN = N_("Over, praise")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    told = {key: DEEDS[name].label for key, name in BY_KEY.items()}
    return told | {SHOW: N_("go on to what is over, to praise, and back")}
