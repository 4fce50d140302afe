"""Complaints as they are written and read: what they are about, how they came, how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, in_every_language
from console.words_projects import answer_said, stage_said
from store.domain.contracts import OUTCOMES, Outcome
from store.domain.errors import BadInput
from store.domain.sop import Stage
from store.domain.voices import ABOUT, CHANNELS, STANDS, About, Channel
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.voices import Voice

ABOUT_KEYS: Final[Mapping[str, About]] = {str(n): one for n, one in enumerate(ABOUT, 1)}
"""What a digit means, where it is asked what a complaint is about."""


def about_said(voice: Voice) -> str:
    """What it is about, in the operator's language; one of a later program by its code."""
    if voice.praise:
        return _("praise")
    return about_named(voice.about)


def about_named(about: str) -> str:
    """What a complaint is about by its code; one of a later program as it is written."""
    return _(ABOUT[About(about)]) if about in set(About) else about


def channel_said(channel: str) -> str:
    """How it came."""
    return _(CHANNELS[Channel(channel)]) if channel in set(Channel) else channel


def stand_said(voice: Voice) -> str:
    """How it stands."""
    return _(STANDS[voice.stand])


def outcome_told(code: str) -> str:
    """What a figure's row says besides: a contract's outcome, a complaint's matter, a stage, ..."""
    if code.endswith(" %"):
        return code  # what an inspection was scored
    if code in set(Outcome):
        return _(OUTCOMES[Outcome(code)])
    if code in set(About):
        return _(ABOUT[About(code)])
    return stage_said(code) if code in set(Stage) else answer_said(code) if code else ""


def about_read(text: str) -> str:
    """What a word means that says what a complaint is about: its code, its name, or its digit."""
    wanted = _bare(text)
    if wanted in ABOUT_KEYS:
        return ABOUT_KEYS[wanted].value
    for about, label in ABOUT.items():
        if wanted in {_bare(said) for said in (about.value, *in_every_language(label))}:
            return about.value
    raise BadInput(
        where=N_("what it is about"),
        wrong=N_("“{text}” is none").format(text=text[:40]),
        right=N_("write late, again, work, manner, noise, news, price or other"),
    )


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign not in " -_")
