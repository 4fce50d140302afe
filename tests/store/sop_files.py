"""Procedures as files, for tests."""

from __future__ import annotations

LIFT = """\
kind = "lift"
version = 1
title = "Lift out of order"

[[step]]
code = "call"
title = "Call the customer before you leave"
stage = "consultation"
role = "dispatcher"
gate = "depart"

[[step]]
code = "isolate"
title = "Isolate the drive"
role = "technician"
quality = "locked and tagged"
gate = "finish"
after = "arrived"
within = "30 min"

[[step]]
code = "brake-gap"
title = "Measure the gap of the brake"
evidence = "reading"
unit = "mm"
min = 1
max = 3
outside = "reason"
gate = "finish"

[[step]]
code = "oil"
title = "Look at the oil"
evidence = "choice"
choices = ["in order", "low"]
mandatory = false

[[step]]
code = "photo"
title = "Photo of the drive"
evidence = "photo"
stage = "acceptance"
gate = "verify"

[[step]]
code = "sign"
title = "The customer signs"
evidence = "signature"
stage = "acceptance"
gate = "close"
after = "finished"
within = "1 d"
"""


def one_step(gate: str = "finish", *, kind: str = "lift", version: int = 1, code: str = "x") -> str:
    """A procedure of one step that gates a move."""
    return (
        f'kind = "{kind}"\nversion = {version}\n\n'
        f'[[step]]\ncode = "{code}"\ntitle = "x"\ngate = "{gate}"\n'
    )
