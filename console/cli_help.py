"""How help reads: in lines that fit the screen in either script, with examples to be typed."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from console.breaking import WIDE, breaks
from console.i18n import _, _n
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# By these two names argparse asks for its sentences; its own speak the machine's language.
vars(argparse).update(_=_, ngettext=_n)
_SENTENCES = (
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
)
"""Those that our words can come to, for the catalogue."""

_HEADINGS = {"options": N_("options"), "positional arguments": N_("arguments")}

_ROW, _GAP = "\x1e", "\x1f"
"""Between the words of a list, and between one of them and what it means."""
_NARROW = 20
_HEAD = re.compile(rf"(?<=[{WIDE}]):$", re.MULTILINE)
"""The end of a line that heads a group of words, in Chinese."""


class Help(argparse.RawDescriptionHelpFormatter):
    """Wraps by cells, keeps what is indented as it is, and speaks our language."""

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        """The line of usage; argparse would begin it in English."""
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """A group of words; those that argparse makes have names of its own."""
        super().start_section(_(_HEADINGS.get(heading or "", heading or "")))

    def format_help(self) -> str:
        """With the colons of the language that the heads above them are in."""
        return _HEAD.sub(_("{name}: ").format(name="").rstrip(), super().format_help())

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        kept = (
            [line] if line.startswith(" ") else list(wrapped(line, width))
            for line in text.splitlines()
        )
        return "\n".join(indent + line for lines in kept for line in lines or [""])

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [line for one in text.split(_ROW) for line in _told(one, width)]


def listed(words: Mapping[str, str]) -> str:
    """A help that has each word with its meaning on a line of its own, one below the other."""
    cells = max(map(len, words), default=0)
    return _ROW.join(f"{word.ljust(cells)}{_GAP}{meaning}" for word, meaning in words.items())


def _told(text: str, width: int) -> Iterator[str]:
    """A text in lines; of a word of `listed` the meaning stays beside it."""
    word, gap, meaning = text.partition(_GAP)
    if not gap:
        yield from wrapped(" ".join(text.split()), width)
        return
    lines = wrapped(" ".join(meaning.split()), max(_NARROW, width - len(word) - 2))
    for place, line in enumerate(lines):
        yield f"{' ' * len(word) if place else word}  {line}"


def examples(*lines: str) -> str:
    """The end of a command's help: what can be typed as it stands, in this order."""
    head = _("examples:") if len(lines) > 1 else _("example:")
    return "\n".join([head, *("  " + line.replace("\n", "\n  ") for line in lines)])


def wrapped(text: str, cells: int) -> Iterator[str]:
    """A text in lines of at most so many cells; Chinese may be broken between any two signs."""
    return (text[begins:ends] for begins, ends in breaks(text, cells))
