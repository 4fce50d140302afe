"""Facts: what exactly is hashed, so that a journal written today still verifies tomorrow."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from store.domain.facts import canonical, chain_hash

words = st.text(st.characters(exclude_categories=["Cs"]))
wholes = st.integers(-(2**62), 2**62)


@given(words, wholes, wholes, words, st.none() | wholes, words, words)
def test_the_chain_hashes_the_canonical_list_of_its_entry(
    previous: str, at_ms: int, by: int, via: str, number: int | None, fact: str, body: str
) -> None:
    """It is written out for speed; a byte of difference would break every journal there is."""
    hashed = chain_hash(previous, at_ms=at_ms, by=by, via=via, number=number, fact=fact, body=body)
    plain = canonical([previous, at_ms, by, via, number, fact, body])
    assert hashed == hashlib.sha256(plain.encode()).hexdigest()
