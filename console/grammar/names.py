"""Finds people and places by code, by name, or by the pinyin of their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from store.domain.sounds import begins_so, in_full
from store.domain.sounds import has_initials as initials_are

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Called(Protocol):
    """Whatever has a code and a name."""

    @property
    def code(self) -> str:
        """What it is called in short."""

    @property
    def name(self) -> str:
        """What it is called in full."""


_WITHIN: Final = 3
"""So many letters may stand within a word of a name."""
OneCalled = TypeVar("OneCalled", bound=Called)


def matching(entries: Iterable[OneCalled], text: str) -> tuple[OneCalled, ...]:
    """The entries meant: by code, else by name, else by whole words of the name.

    Where none is, all whose code, pinyin or a word of whose name begins so, else those whose name
    holds it; at last by initials.
    """
    wanted = _folded(text)
    if not wanted:
        return ()
    known = tuple(entries)
    for exact in (_by_code(known, wanted), _by_name(known, wanted), _by_words(known, wanted)):
        if exact:
            return exact
    near = tuple(entry for entry in known if fits(entry, wanted))
    near = tuple(entry for entry in near if _begins(entry, wanted)) or near
    if all(has_initials(entry, wanted) for entry in near):  # then others may be called so, too
        return tuple(entry for entry in known if entry in near or has_initials(entry, wanted))
    return near


def exactly(entries: Iterable[OneCalled], text: str) -> tuple[OneCalled, ...]:
    """The entries of exactly this code or name, or with these words in their name."""
    known, wanted = tuple(entries), _folded(text)
    return _by_code(known, wanted) or _by_name(known, wanted) or _by_words(known, wanted)


def called_so(
    entries: Iterable[OneCalled], text: str, *, by_letters: bool = False
) -> tuple[OneCalled, ...]:
    """The entries of exactly this name, or whose name sounds exactly so; or with these letters."""
    wanted = _folded(text)
    known = tuple(entries)
    if by_letters:
        return tuple(one for one in known if has_initials(one, wanted))
    sounds = wanted.replace(" ", "")
    alike = sounds.isascii() and len(sounds) > 1
    return _by_name(known, wanted) or tuple(
        one for one in known if alike and _sounds(one.name, sounds)
    )


def fits(entry: Called, wanted: str) -> bool:
    """Whether a folded text begins the code, is in the name, or begins its pinyin.

    A name in Latin letters is its own pinyin: wangwei is Wang Wei. One or two such letters within
    a word of it are chance.
    """
    long = len(wanted) >= _WITHIN or not wanted.isascii()
    return (long and wanted in _folded(entry.name)) or _begins(entry, wanted)


def _begins(entry: Called, wanted: str) -> bool:
    """Whether a folded text begins the code, a word of the name, or its pinyin."""
    name = _folded(entry.name)
    if _folded(entry.code).startswith(wanted):
        return True
    if not wanted.isascii():
        return wanted in name
    at = name.find(wanted)
    while at >= 0:
        if at == 0 or not (name[at - 1].isascii() and name[at - 1].isalnum()):
            return True
        at = name.find(wanted, at + 1)
    return begins_so(name, wanted.replace(" ", ""))


def has_initials(entry: Called, wanted: str) -> bool:
    """Whether the words of a name begin with the letters of a folded text: ww, Wang Wei, 王伟."""
    return initials_are(_folded(entry.name), wanted)


def nearest(choices: Iterable[str], text: str, *, least: float = 0.5) -> str | None:
    """The choice most like a text that fits none; None where nothing is like it.

    `least` is from how much on it is, 0 to 1.
    """
    from difflib import get_close_matches

    folded = {_folded(choice): choice for choice in choices}
    like = get_close_matches(_folded(text), folded, n=1, cutoff=least)
    return folded[like[0]] if like else None


def _sounds(name: str, sounds: str) -> bool:
    """Whether a name is spoken so, in full."""
    folded = _folded(name)
    if folded.isascii():
        return folded.replace(" ", "") == sounds
    return sounds in in_full(folded)


def _by_code(entries: Sequence[OneCalled], wanted: str) -> tuple[OneCalled, ...]:
    return tuple(entry for entry in entries if _folded(entry.code) == wanted)


def _by_name(entries: Sequence[OneCalled], wanted: str) -> tuple[OneCalled, ...]:
    return tuple(entry for entry in entries if _folded(entry.name) == wanted)


def _by_words(entries: Sequence[OneCalled], wanted: str) -> tuple[OneCalled, ...]:
    words = set(wanted.split())
    return tuple(entry for entry in entries if words <= set(_folded(entry.name).split()))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
