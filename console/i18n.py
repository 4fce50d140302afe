"""Says things in the operator's language; English is the key of every entry."""

from __future__ import annotations

import gettext
from datetime import datetime
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from console.render_time import here
from store.domain.words import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.errors import Refusal
    from store.domain.intents import Done

LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "zh_CN": "简体中文"}
"""Each language by its code, named as its readers name it."""

_LOCALE = Path(__file__).with_name("locale")


class _Voice:
    """The language in force: one reference, replaced whole, so threads never see half a switch."""

    def __init__(self) -> None:
        self.language = "en"
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()


_voice = _Voice()


def matching(tag: str) -> str | None:
    """Find our language for a tag such as `zh-Hans` or `zh_CN.UTF-8`; None when we have none."""
    name = tag.split(".")[0].replace("-", "_").lower()
    for code in LANGUAGES:
        if name.split("_")[0] == code.split("_")[0]:
            return code
    return None


def use(language: str) -> None:
    """Speak this language from now on; a ValueError when there is no catalogue for it."""
    global _voice  # noqa: PLW0603  the one switch; a session is a process
    code = matching(language)
    if code is None:
        raise ValueError(f"no catalogue for {language!r}; there are {', '.join(LANGUAGES)}")
    voice = _Voice()
    voice.language = code
    if code != "en":
        voice.catalogue = gettext.translation("paidan", _LOCALE, languages=[code])
    _voice = voice


def language() -> str:
    """The code of the language in force."""
    return _voice.language


def _(sentence: str) -> str:
    """Say a sentence of ours in the operator's language; unknown ones stay English."""
    if isinstance(sentence, Word) and sentence.template is not None:
        return fill(sentence.template, sentence.facts)
    return _voice.catalogue.gettext(sentence) if sentence else ""


def in_every_language(sentence: str) -> frozenset[str]:
    """A sentence of ours as each language says it, whichever is in force."""
    spoken = (gettext.translation("paidan", _LOCALE, languages=[c]) for c in LANGUAGES if c != "en")
    return frozenset({sentence, *(catalogue.gettext(sentence) for catalogue in spoken)})


def _n(one: str, many: str, n: int) -> str:
    """Say a counted sentence: `_n("{n} order", "{n} orders", n).format(n=n)`."""
    return _voice.catalogue.ngettext(one, many, n)


def coded(name: str, code: str) -> str:
    """A name with its code in brackets, where that says more."""
    return name if name == code else _("{name} ({what})").format(name=name, what=code)


def tell(refusal: Refusal) -> str:
    """Say a refusal in the operator's language, its facts too where they are words of ours."""
    return fill(refusal.sentence, refusal.facts)


def fill(template: str, facts: Mapping[str, object]) -> str:
    """Translate a template and put the facts into its places."""
    spoken = {name: _spoken(fact) for name, fact in facts.items()}
    return _LOCAL.vformat(_(template), (), spoken)


def done_said(done: Done) -> str:
    """Say what a command did, and where that is so, that nothing takes it back."""
    return with_final(fill(done.sentence, done.facts), done)


def with_final(said: str, done: Done) -> str:
    """What a command did, as it is said already, with that at its end."""
    return _("{done}; cannot be undone").format(done=said) if done.final else said


def _spoken(fact: object) -> object:
    if isinstance(fact, Word):
        return _(fact)
    if isinstance(fact, (list, tuple, set, frozenset)):
        parts = sorted(fact) if isinstance(fact, (set, frozenset)) else fact
        return _(", ").join(str(_spoken(part)) for part in parts)
    return fact


class _LocalTime(Formatter):
    """Shows instants as a wall clock here does, to the minute where the place says nothing."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, datetime):
            return here(value, None).strftime(format_spec or "%Y-%m-%d %H:%M")
        return str(super().format_field(value, format_spec))


_LOCAL = _LocalTime()
