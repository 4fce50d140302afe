"""Complaints and praise as a part of other pages: cards of orders and customers; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.looks import flat
from console.words_voices import about_said, stand_said
from store.domain.voices import Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from console.looks import Parts
    from store.queries.voices import VoiceLine

    Told = Callable[[datetime], str]
    """A moment as the page tells moments."""


def said_lines(lines: Iterable[VoiceLine], told: Told, *, at: datetime) -> Iterator[Parts]:
    """A heading and a line each; nothing where there are none."""
    for place, line in enumerate(lines):
        if not place:
            yield ((_("complaints and praise"), "heading"),)
        voice = line.voice
        waits = voice.stand is Stand.OPEN and voice.answer_by is not None
        late = waits and voice.answer_by is not None and voice.answer_by < at
        yield (
            (f"{voice.id} {about_said(voice)}  ", "strong"),
            (f"{_stands(line, told)}  ", "overdue" if late else "muted"),
            (flat(voice.said), ""),
        )


def voice_line(line: VoiceLine, told: Told) -> str:
    """One as a plain line."""
    said = flat(line.voice.said)
    return f"{line.voice.id} {about_said(line.voice)}  {_stands(line, told)}  {said}"


def _stands(line: VoiceLine, told: Told) -> str:
    """When it was said, and how it stands, in a few words."""
    voice = line.voice
    said = [told(voice.received_at)]
    if not voice.praise or voice.over_at is not None:
        said.append(stand_said(voice))
    if line.technician:
        said.append(line.technician)
    return _(", ").join(said)
