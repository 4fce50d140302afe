"""What the command line cannot mean is refused in one sentence, with where it is wrong."""

from __future__ import annotations

import pytest

from console.grammar.parse import parse
from console.grammar.refusals import Unclear
from tests.console.fake_desk import FakeDesk

REFUSED = [
    ("", 1, "write a verb"),
    ("dispach 12 T27", 1, "no verb “dispach”; nearest is “dispatch”"),
    ("派但 12", 1, "nearest is “派”"),
    ("i nobody", 3, "no technician called “nobody”"),
    ("seen nobody", 6, "no technician called “nobody”"),
    ("d 99 T27", 3, "no work order 99"),
    ("d 12,99 T27", 6, "no work order 99"),
    ("d 20-30 T27", 3, "there are no orders 20-30"),
    ("d 15-12 T27", 3, "no range"),
    ("d waiting T27", 3, "no order is in “waiting” now"),
    ("d {} T27", 3, "write what to find"),
    ("d 12", 5, "still to say: who goes"),
    ("d 12 wagn", 6, "no technician called “wagn”; nearest is"),
    ("d 12 w", 6, "“w” fits several: T27 Wang Wei, L2 王芳"),
    ("p 12 7", 6, "“7” is not right: write 1 (most urgent)"),
    ("p 12 1 2", 8, "“2” is more than Priority asks for"),
    ("w 12 parts until whenever", 18, "“whenever” is not a time; write 15:00, +2h, tonight"),
    (
        "w 1042 parts tonight",
        14,
        "“tonight” may be this night or the evening of 09-21; it is night",
    ),
    ("w 12 parts until dawn", 18, "“dawn” has many hours; write one, such as 5:00, 23:00"),
    ("w 12 parts until today 0:30", 18, "“today 0:30” has passed; write 15:00, +2h, tonight"),
    ("w 12 parts", 11, "still to say: wake me at"),
    ("w 12 until 15:00", 17, "still to say: why"),
    ("x 12 now", 6, "“now” is more than Close asks for"),
    ("x 12 /fast", 6, "no option “/fast” here; there are: /insist /partly"),
    ("i zhao min", 3, "Zhao Min has several orders: #14, #15"),
    ("i T27", 3, "Wang Wei has no order now"),
    ("undo 12,13", 6, "one order at a time"),
    ("undo ;oops", 6, "“;” is more than Undo asks for"),
    ("board at soon", 10, "“soon” is not a time; write 09:15, yesterday 17:00, 2h ago"),
    ("board at +2h", 10, "“+2h” is still to come"),
    ("n @HQ", 6, "still to say: what is wrong"),
    ("n lift @nowhere", 9, "no site called “nowhere”"),
    ("n lift @Head offcie", 9, "no site called “Head offcie”; nearest is “Head office (HQ)”"),
    ("n lift /takes long", 15, "“long” is not right: write 90, 1h30, 20h or 2d"),
    ("n lift /crew 0", 14, "“0” is not right: write 1 to 9"),
    ("n lift /at soon", 12, "“soon” is not right: write 15:00"),
    ("n lift /at", 11, "still to say: when the customer awaits somebody"),
    ("takes 12 long", 10, "“long” is not right: write 90"),
    ("crew 12 many", 9, "“many” is not right: write 1 to 9"),
    ("appt 12 15:00-soon", 9, "“15:00-soon” is not right: write 15:00"),
    ("n lift /for", 12, "still to say: for whom"),
    ("n lift /by 0200", 12, "nobody known has a number that ends in 0200: write all of it"),
    ("n lift /by 15:00 @HQ", 12, "“15:00” is a time, and /by says who calls"),
    ("新建 漏水 /来电 +2小时", 11, "“+2小时” is a time"),
    ("n lift !5", 8, "“!5” is not right: write 1 (most urgent)"),
    ("n 漏水 ！0", 6, "“！0” is not right: write 1 (most urgent)"),
    ("w 12 room 1204", 11, "“1204” may be a time or words: write 12:04, or put it in quotes"),
    ("w 12 wait at 1204", 14, "“1204” may be a time or words"),
    ("h 12 0200", 6, "“0200” may be a time or words: write 02:00"),
    ("outcome 12 reached call 1530", 25, "“1530” may be a time or words"),
    ("who", 4, "still to say: which order, or which skill"),
    ("who lift near 12,13", 15, "one order at a time"),
    ("who 12,13", 5, "one order at a time"),
    ("who 12 not nobody", 12, "no technician called “nobody”"),
    ("go", 3, "name an order: none is selected here"),
    ("x ..", 3, "no order was selected before"),
    ("copy", 5, "name an order: none is selected here"),
    ("copy 99", 6, "no work order 99"),
    ("copy 12,13", 6, "one order at a time"),
    ("copyrow 12", 9, "“12” is more than Copy row asks for"),
    ("tour 12", 6, "“12” is more than Tour asks for"),
]


@pytest.mark.parametrize(("text", "column", "what"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refusal_is_one_sentence_with_its_column(text: str, column: int, what: str) -> None:
    """So that the eye finds the place, and the hand the right word."""
    nothing = text in {"go", "copy", "x .."}
    with pytest.raises(Unclear) as refused:
        parse(text, FakeDesk(selected=None, before=None) if nothing else FakeDesk())
    assert refused.value.text.startswith(f"column {column}: ")
    assert what in refused.value.text
