"""What becomes of what two customers wished, who are one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.domain.merging import cared_for, wished

wishes = st.dictionaries(st.sampled_from([1, -1]), st.sets(st.integers(1, 5)), max_size=2)


@given(wishes, wishes)
def test_nobody_is_asked_for_and_refused(
    kept: dict[int, set[int]], gone: dict[int, set[int]]
) -> None:
    """What he said himself stays; nothing else comes up than one of both said."""
    mine = {wish: kept.get(wish, set()) - kept.get(-wish, set()) for wish in (1, -1)}
    theirs = {wish: gone.get(wish, set()) - gone.get(-wish, set()) for wish in (1, -1)}
    both = wished(mine, theirs)
    assert not both[1] & both[-1]
    for wish in (1, -1):
        assert mine[wish] <= both[wish] <= mine[wish] | theirs[wish]


def test_of_two_hours_one_is_taken_whole() -> None:
    """Half of each would be a time that nobody named."""
    kept = {"from_s": None, "to_s": 36000}
    gone = {"from_s": 50400, "to_s": None, "contact_id": 4}
    found = cared_for(kept, gone)
    assert (found["from_s"], found["to_s"], found["contact_id"]) == (None, 36000, 4)
