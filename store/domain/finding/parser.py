"""Text to tree: `not` binds first, then *and*, which need not be written, then *or*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.finding.fields import AND, FLAG_NAMES, NOT, OR, bare
from store.domain.finding.grams import phrase
from store.domain.finding.lexer import Piece, cut
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.tree import (
    EVERYTHING,
    Flag,
    Not,
    Tree,
    Word,
    all_of,
    either_of,
)
from store.domain.finding.values import read_term
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.finding.lexer import Token

DEEPEST, MOST = 20, 60
"""How deep brackets may stand, and how many words and tests a query may have."""


def parse(text: str) -> Tree:
    """The tree of a query; an empty one asks for everything. `QueryUnclear` names the column."""
    tokens = list(cut(text))
    if not tokens:
        return EVERYTHING
    reading = _Reading(tokens, len(text) + 1)
    tree = reading.either()
    left = reading.peek()
    if left is not None:
        raise QueryUnclear(
            left.column, N_("a bracket closes that was not opened"), N_("take it away")
        )
    return tree


class _Reading:
    """Where one is in the pieces."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._place = 0
        self._depth = 0
        self._count = 0

    def peek(self) -> Token | None:
        """The next piece; None at the end."""
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def either(self) -> Tree:
        parts = [self._all()]
        while self._took(OR):
            parts.append(self._all())
        return either_of(parts)

    def _all(self) -> Tree:
        parts = [self._one()]
        while self._took(AND) or self._more():
            parts.append(self._one())
        return all_of(parts)

    def _one(self) -> Tree:
        token = self.peek()
        if token is None:
            raise self._missing(self._end, unfinished=True)
        self._place += 1
        if token.piece is Piece.OPERATOR and token.text == NOT:
            return self._deeper(token, self._negated)
        if token.piece is Piece.OPEN:
            return self._deeper(token, self._bracket)
        if token.piece in {Piece.CLOSE, Piece.OPERATOR}:
            raise self._missing(token.column)
        self._count += 1
        if self._count > MOST:
            raise QueryUnclear(
                token.column,
                N_("more than {most} words and fields").format(most=MOST),
                N_("ask for less at once"),
            )
        return _leaf(token)

    def _negated(self, _token: Token) -> Tree:
        return Not(self._one())

    def _bracket(self, token: Token) -> Tree:
        tree = self.either()
        closing = self.peek()
        if closing is None or closing.piece is not Piece.CLOSE:
            raise QueryUnclear(
                token.column,
                N_("a bracket is opened and not closed"),
                N_("end it with )"),
                unfinished=True,
            )
        self._place += 1
        return tree

    def _deeper(self, token: Token, read: _Read) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryUnclear(token.column, N_("too many brackets"), N_("write it more simply"))
        tree = read(token)
        self._depth -= 1
        return tree

    def _took(self, operator: str) -> bool:
        token = self.peek()
        if token is None or token.piece is not Piece.OPERATOR or token.text != operator:
            return False
        self._place += 1
        return True

    def _more(self) -> bool:
        """Whether another part follows without an *and*."""
        token = self.peek()
        if token is None or token.piece is Piece.CLOSE:
            return False
        return token.piece is not Piece.OPERATOR or token.text == NOT

    def _missing(self, column: int, *, unfinished: bool = False) -> QueryUnclear:
        before = self._tokens[self._place - 2] if self._place > 1 else None
        if unfinished and self._tokens:
            before = self._tokens[-1]
        after = before.sign if before and before.piece is Piece.OPERATOR else "("
        wrong = N_("nothing stands after “{what}”").format(what=after)
        if before is None:
            wrong = N_("nothing stands before it")
        return QueryUnclear(column, wrong, N_("write a word or a field"), unfinished=unfinished)


if TYPE_CHECKING:
    from collections.abc import Callable

    _Read = Callable[[Token], Tree]


def _leaf(token: Token) -> Tree:
    if token.piece in {Piece.TEST, Piece.NUMBERS}:
        return read_term(token)
    flag = FLAG_NAMES.get(bare(token.text)) if token.piece is Piece.WORD else None
    if flag is not None:
        return Flag(flag)
    exact = token.piece is Piece.QUOTED
    if phrase(token.text, exact=exact) is None:
        raise QueryUnclear(
            token.column,
            N_("nothing in “{text}” can be found").format(text=token.text),
            N_("write letters, digits or characters"),
        )
    return Word(token.text, exact)
