"""Words of a command line with their columns; full-width signs count as the ASCII ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNS: Final = str.maketrans(
    {
        **{chr(0xFF01 + place): chr(0x21 + place) for place in range(94)},
        "　": " ",
        "。": ".",
        "、": ",",
        "“": '"',
        "”": '"',
        "—": "-",
        "\t": " ",
    }
)
"""What an input method gives for the signs of the language; one for one, so that columns stay."""

_WORD = re.compile(r'"(?:[^"]|"")*"?|\{[^{}]*\}?|[^ ";{]+')
_WITH_RULES = re.compile(r'"(?:[^"]|"")*"?|[^ "]+')
"""Where no note may stand: `FREQ=MONTHLY;BYDAY=1MO` is one word."""
_FIRST = re.compile(r'"(?:[^"]|"")*"?|\{[^{}]*\}?|[^ ";{(]+')
"""Where a filter in brackets may follow the verb without a space."""
_GLUED = re.compile(r"(?P<verb>[^\W\d_]+)(?P<rest>[#.]?\d.*|\.\.?|\(.*)")
_TARGET_END = re.compile(r"[#\d,.–~\-]*\d(?=[^\W\d_a-zA-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of the line."""

    text: str
    """As it is read: signs in ASCII, quotes taken away."""
    raw: str
    """As it was typed."""
    start: int
    """Its first character's place in the line, from 0."""
    quoted: bool = False

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A line taken apart."""

    line: str
    words: tuple[Token, ...]
    note: str | None
    """What stands behind the first `;`; None where there is none."""
    note_at: int
    """Where the note begins, or the line ends."""


def scan(line: str, *, noted: bool = True, sets: bool = False) -> Scanned:
    """Take a line apart, which may end with a note; nothing is refused here.

    With `sets`, brackets behind the verb are one word, whatever is in them.
    """
    one_word = _WORD if noted else _WITH_RULES
    signs = as_signs(line)
    words: list[Token] = []
    at = 0
    while at < len(signs):
        if noted and signs[at] == ";":
            return Scanned(line=line, words=tuple(words), note=line[at + 1 :].strip(), note_at=at)
        if sets and signs[at] == "(" and len(words) == 1:
            end = _closed(signs, at)
            words.append(Token(text=signs[at:end], raw=line[at:end], start=at))
            at = end
            continue
        found = (_FIRST if sets and not words else one_word).match(signs, at)
        if found is None:
            at += 1
            continue
        words += _token(line, found)
        at = found.end()
    return Scanned(line=line, words=tuple(words), note=None, note_at=len(line))


def as_signs(text: str) -> str:
    """The text with full-width signs as ASCII ones, character for character."""
    return text.translate(_SIGNS)


def unglued(token: Token) -> tuple[Token, ...]:
    """A verb and the number written behind it without a space: `派1042`, `x1042`."""
    found = None if token.quoted else _GLUED.fullmatch(token.text)
    return (token,) if found is None else _split(token, found.end("verb"))


def untargeted(token: Token) -> tuple[Token, ...]:
    """Numbers and the Chinese word written behind them without a space: `1042王`."""
    found = None if token.quoted else _TARGET_END.match(token.text)
    return (token,) if found is None else _split(token, found.end())


def raw_between(line: str, words: Sequence[Token]) -> str:
    """What was typed from the first of some words to the last, the spaces between as they are.

    Words that were taken out between them leave one space.
    """
    text, end = "", None
    for word in words:
        gap = "" if end is None else line[end : word.start]
        text += (" " if gap.strip() else gap) + word.raw
        end = word.end
    return text


def quoted(text: str) -> str:
    """A text in quotes, as one word."""
    return '"' + re.sub(r'(["“”])', r"\1\1", text) + '"'


def _token(line: str, found: re.Match[str]) -> Iterator[Token]:
    text, start = found[0], found.start()
    raw = line[start : found.end()]
    if text.startswith('"'):
        inner = raw[1:-1] if len(text) > 1 and text.endswith('"') else raw[1:]
        inner = re.sub(r'["“”](["“”])', r"\1", inner)
        yield Token(text=inner, raw=raw, start=start, quoted=True)
    else:
        yield Token(text=text, raw=raw, start=start)


def _closed(signs: str, at: int) -> int:
    """The place behind the bracket that closes the one here; the end where none does."""
    depth, inside = 0, False
    for place in range(at, len(signs)):
        sign = signs[place]
        if sign == '"':
            inside = not inside
        elif not inside and sign in "()":
            depth += 1 if sign == "(" else -1
            if not depth:
                return place + 1
    return len(signs)


def _split(token: Token, at: int) -> tuple[Token, ...]:
    first = Token(text=token.text[:at], raw=token.raw[:at], start=token.start)
    return first, Token(text=token.text[at:], raw=token.raw[at:], start=token.start + at)
