"""`auto propose`, `auto act overdue 1 margin 20 accept 5`, `自动 建议 超时 2`: modes as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.actions_automatic import DROP, FIGURES, MODE_SAID, set_automatic
from console.grammar.refusals import WrongWords
from console.i18n import _, in_every_language
from store.domain.dispatch.automatic import ALL_OPEN, MODE_WORDS, QUEUE_WORDS, UNASSIGNED, Mode
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Action
    from console.grammar.tokens import Scanned, Token

_MOST_DIGITS: Final = 6
_PRIORITIES: Final = {f"{sign}{n}": n for sign in ("", "p") for n in (1, 2, 3, 4)}


def take_setting(
    action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any]]:
    """The action that sets it, and what it is told."""
    told: dict[str, Any] = {"mode": _mode(words[0])}
    names: list[str] = []
    left = words[1:]
    while left:
        word = left.pop(0)
        figure = None if word.quoted else _figure(word)
        if figure is not None:
            told[figure] = _number(word, left, scanned)
        elif word.text.casefold() in _PRIORITIES and not word.quoted:
            told["priority"] = _PRIORITIES[word.text.casefold()]
        else:
            names.append(word.text)
    if names:
        told["queue"] = queue_of(" ".join(names))
    return replace(action, make=set_automatic, label=said(told)), told


def said(told: dict[str, Any]) -> str:
    """What would be set, as one sentence."""
    queue = told.get("queue", ALL_OPEN)
    queue = ALL_OPEN if queue == UNASSIGNED else queue
    facts: dict[str, Any] = {"queue": _(QUEUE_WORDS.get(queue, queue))}
    mode = N_("as for the others") if told["mode"] == DROP else MODE_WORDS[Mode(told["mode"])]
    facts["mode"] = _(mode)
    if "priority" not in told:
        return _("automatic dispatch of {queue}: {mode}").format(**facts)
    sentence = _("automatic dispatch of {queue}, priority {priority}: {mode}")
    return sentence.format(**facts, priority=told["priority"])


def queue_of(text: str) -> str:
    """A queue by its name or as the screen calls it in any language; else a view's name."""
    wanted = _bare(text)
    for name, label in {**QUEUE_WORDS, UNASSIGNED: N_("unassigned")}.items():
        if wanted in {_bare(word) for word in (name, *in_every_language(label))}:
            return name
    return text


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _mode(word: Token) -> str:
    said_so = word.text.casefold()
    found = next((mode for mode, words in MODE_SAID.items() if said_so in words), None)
    if found is None:
        choices = _(", ").join(words[0] for words in MODE_SAID.values())
        what = N_("“{word}” is no mode of automatic dispatch; there are: {choices}")
        wrong = what.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, wrong, unfinished=True)
    return found


def _figure(word: Token) -> str | None:
    said_so = word.text.casefold()
    return next((name for name, words in FIGURES.items() if said_so in words), None)


def _number(word: Token, left: list[Token], scanned: Scanned) -> int:
    if not left:
        what = N_("still to say: minutes, behind “{word}”").format(word=word.raw)
        raise WrongWords(len(scanned.line) + 1, what, unfinished=True)
    given = left.pop(0)
    if not (given.text.isascii() and given.text.isdecimal() and len(given.text) <= _MOST_DIGITS):
        what = N_("“{word}” is no number of minutes").format(word=given.raw)
        raise WrongWords(given.start + 1, what)
    return int(given.text)
