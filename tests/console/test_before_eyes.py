"""Enter waits for the eyes: what has just changed is looked at first; without a clock."""

from __future__ import annotations

from console.before_eyes import BeforeEyes


def a_list() -> BeforeEyes:
    """Shown at ten."""
    eyes = BeforeEyes()
    eyes.opened(at=10.0)
    return eyes


def refused(eyes: BeforeEyes, key_at: float, before_at: float = 9.0) -> bool:
    """Whether Enter is, a tenth after it was read."""
    return eyes.unseen(key_at=key_at, before_at=before_at, at=key_at + 0.1)


def test_a_list_that_stands_does_not_ask() -> None:
    """Neither at once, nor of who typed ahead before it stood there."""
    assert not refused(a_list(), 10.1)
    assert not refused(a_list(), 9.5)


def test_who_calls_the_first_rows_a_change_has_keys_before_them_refused() -> None:
    """And none after them, however soon."""
    eyes = a_list()
    eyes.changed(at=10.0)
    assert not refused(eyes, 10.1)
    assert refused(eyes, 9.9)


def test_a_change_is_looked_at_for_a_second() -> None:
    """A second Enter does it all the same, unless it was read before that was said."""
    eyes = a_list()
    eyes.changed(at=20.0)
    assert refused(eyes, 20.3)
    assert refused(eyes, 20.35), "a burst has not read the sentence"
    assert not refused(eyes, 20.6)
    eyes.changed(at=30.0)
    assert not refused(eyes, 31.1), "it stood there long enough"


def test_a_change_since_the_last_key_is_looked_at() -> None:
    """Hands that rest on the list mean what stood there; a key that opened it is none of them."""
    eyes = a_list()
    eyes.changed(at=20.0)
    assert refused(eyes, 25.0, before_at=12.0)
    assert not refused(eyes, 26.0, before_at=25.0)
    eyes = a_list()
    eyes.changed(at=20.0)
    assert not refused(eyes, 25.0, before_at=9.9)
    assert not refused(eyes, 25.0, before_at=21.0)


def test_another_change_after_the_sentence_is_another() -> None:
    """It was not what the sentence spoke of."""
    eyes = a_list()
    eyes.changed(at=20.0)
    assert refused(eyes, 20.3)
    eyes.changed(at=20.5)
    assert refused(eyes, 20.8)


def test_what_was_foretold_needs_no_second_sentence() -> None:
    """Only the answer to that, and only keys after it."""
    eyes = a_list()
    eyes.foretell()
    eyes.changed(at=20.0)
    eyes.asked_again()
    assert refused(eyes, 19.9)
    eyes = a_list()
    eyes.foretell()
    eyes.changed(at=20.0)
    eyes.asked_again()
    assert not refused(eyes, 20.2)
    eyes.changed(at=20.4)
    assert refused(eyes, 20.6)


def test_a_click_is_as_good_as_a_key() -> None:
    """The key before it may be of long ago."""
    eyes = a_list()
    eyes.changed(at=20.0)
    eyes.clicked(at=22.0)
    assert not eyes.unseen(key_at=9.0, before_at=8.0, at=22.1)
