"""What is said in a notice of a major fault: the desk's own templates, else the usual ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _, language
from console.own_texts import own_text
from console.render_card import when
from store.domain.notices import LONGEST, Phase, filled
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.queries.incidents import IncidentLine

TEMPLATES: Final[Mapping[Phase, str]] = {
    Phase.FIRST: N_(
        "Dear {customer}, since {since} there is a major fault at {site}: {title} (order {number})."
        " We are at work on it. {said} You hear from us again by {next}."
    ),
    Phase.UPDATE: N_(
        "Dear {customer}, how it stands with the fault at {site}: {title} (order {number})."
        " {said} You hear from us again by {next}."
    ),
    Phase.ALL_CLEAR: N_(
        "Dear {customer}, the fault at {site} is over: {title} (order {number}). {said}"
        " Thank you for your patience; tell us at once if anything is not as it should be."
    ),
}


def notice_text(line: IncidentLine, phase: Phase, said: str, *, at: datetime) -> str:
    """The notice in the language that is spoken; own templates are files beside the config file:
    `notice-update.en.txt`, `notice-all_clear.zh_CN.txt`."""
    own = own_text(f"notice-{phase.value}.{language()}.txt", widest=LONGEST)
    template = own or _(TEMPLATES[phase])
    due = at + timedelta(seconds=line.cadence_s)
    facts = {
        "number": str(line.number),
        "title": line.title,
        "site": line.site or _("your site"),
        "customer": line.customer or _("customer"),
        "since": when(line.opened_at, None, at=at),
        "next": when(due, None, at=at),
        "said": said,
    }
    return filled(template, facts)
