"""Facts: what the journal says happened, and the hash that chains them."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened: a name from FACTS, ids and times, and any free text apart."""

    name: str
    body: Mapping[str, Any] = field(default_factory=dict)
    """JSON values only: ids, states, epoch milliseconds. People by id, never by name."""
    words: Mapping[str, str] | None = None
    """Free text (titles, notes, reasons): hashed only by a salted digest, so erasable."""


FACTS: Mapping[str, str] = {
    "created": N_("created"),
    "imported": N_("imported"),
    "assigned": N_("assigned"),
    "accepted": N_("accepted"),
    "declined": N_("declined"),
    "departed": N_("on the way"),
    "arrived": N_("arrived"),
    "waited": N_("waiting"),
    "resumed": N_("resumed"),
    "finished": N_("done"),
    "verified": N_("verified"),
    "closed": N_("closed"),
    "reopened": N_("reopened"),
    "cancelled": N_("cancelled"),
    "duplicated": N_("marked as duplicate"),
    "noted": N_("note"),
    "updated_customer": N_("customer told"),
    "chased": N_("chased by the customer"),
    "prioritised": N_("priority changed"),
    "edited": N_("edited"),
    "followed": N_("followed by an operator"),
    "locked": N_("locked"),
    "unlocked": N_("unlocked"),
    "placed": N_("start of the work planned"),
    "reclocked": N_("deadlines recomputed"),
    "warned": N_("warning level reached"),
    "breached": N_("deadline missed"),
    "rang": N_("alarm raised"),
    "acknowledged": N_("alarm acknowledged"),
    "cleared": N_("alarm cleared"),
    "promised": N_("follow-up promised"),
    "kept": N_("follow-up done"),
    "nominated": N_("proposed by the desk"),
    "lapsed": N_("not accepted in time"),
    "chosen": N_("chosen by the desk"),
    "calendar_edited": N_("calendar edited"),
    "level_edited": N_("service level edited"),
    "register_edited": N_("register edited"),
    "view_saved": N_("view saved"),
    "view_dropped": N_("view dropped"),
    "view_restored": N_("view as it was before"),
    "automatic_set": N_("automatic dispatch set"),
    "automatic_restored": N_("automatic dispatch as it was before"),
    "absence_set": N_("absence of a technician put in or ended"),
    "absence_restored": N_("absence of a technician as it was before"),
    "figure_set": N_("figure of dispatch set"),
    "figure_restored": N_("figure of dispatch as it was before"),
    "backups_set": N_("backups set"),
    "backup_made": N_("backup made"),
    "backup_failed": N_("backup failed"),
    "backup_seen": N_("alarm of the backups acknowledged"),
    "travel_loaded": N_("travel times loaded"),
    "travel_dropped": N_("travel times dropped"),
    "drill_played": N_("drill played"),
    "notice_sent": N_("notice to every console"),
    "session_ended": N_("session ended"),
    "handover_offered": N_("desk offered to the next shift"),
    "handover_noted": N_("note for the next shift"),
    "handover_ticked": N_("risks of a hand-over ticked"),
    "handover_accepted": N_("desk taken over"),
    "handover_withdrawn": N_("hand-over withdrawn"),
    "planned": N_("made from a plan"),
    "plan_saved": N_("plan saved"),
    "plan_paused": N_("plan paused"),
    "plan_resumed": N_("plan goes on"),
    "plan_ended": N_("plan ended"),
    "plan_skipped": N_("date of a plan called off"),
    "plan_unskipped": N_("date of a plan on again"),
    "plan_restored": N_("plan as it was before"),
    "mended": N_("derived data mended"),
    "erased": N_("words erased"),
    "radar_found": N_("radar proposes"),
    "radar_seen": N_("radar saw it again"),
    "radar_taken": N_("proposal taken up"),
    "radar_dismissed": N_("proposal not taken up"),
    "radar_gone": N_("did not come again"),
    "rehomed": N_("customer is one with another"),
    "customers_merged": N_("two customers made one"),
    "voice_rehomed": N_("customer is one with another"),
    "plan_rehomed": N_("customer is one with another"),
    "undone": N_("taken back"),
    "unacknowledged": N_("rings again"),
    "shelved": N_("alarm shelved"),
    "unshelved": N_("alarm taken from the shelf"),
    "came_back": N_("alarm back from the shelf"),
    "escalated": N_("supervisor called: nobody acknowledged"),
    "alarm_restored": N_("alarm as it was before"),
    "alarm_seen": N_("alarm that went by itself seen"),
    "put_under": N_("put under another order"),
    "took_in": N_("took in an order"),
    "taken_out": N_("taken out from under another order"),
    "let_go": N_("let an order go"),
    "linked": N_("linked to another order"),
    "unlinked": N_("no longer linked to another order"),
    "split": N_("a part became an order of its own"),
    "took_duplicate": N_("took in a duplicate"),
    "lost_duplicate": N_("let a duplicate go"),
    "declared": N_("major incident declared"),
    "stood_down": N_("major incident over"),
    "recall_seen": N_("recall seen"),
    "notice_given": N_("notice given"),
    "daily_rang": N_("progress note missing"),
    "daily_asked": N_("a note each day asked for"),
    "daily_spared": N_("no note each day any more"),
    "survey_rang": N_("customer still to be asked"),
    "survey_expired": N_("survey expired"),
    "survey_refused": N_("customer does not want to answer"),
    "survey_code_given": N_("code for an answer given"),
    "not_reached": N_("customer not reached for the survey"),
    "rated": N_("customer has answered"),
    "cause_found": N_("root cause of a bad answer"),
    "action_opened": N_("action opened"),
    "action_why": N_("answer to why of an action"),
    "action_set": N_("action changed"),
    "action_started": N_("action begun"),
    "action_done": N_("action done, its effect is observed"),
    "action_judged": N_("effect of an action judged"),
    "action_closed": N_("action closed"),
    "action_dropped": N_("action dropped"),
    "reminded": N_("reminder rang"),
    "reminder_seen": N_("reminder acknowledged"),
    "idea_submitted": N_("suggestion submitted"),
    "idea_judged": N_("suggestion judged"),
    "idea_rewarded": N_("suggestion rewarded"),
    "idea_effect": N_("effect of a suggestion noted"),
    "fund_paid": N_("paid into the fund"),
    "pack_written": N_("pack written"),
    "baseline_frozen": N_("baseline frozen"),
    "baseline_chosen": N_("baseline chosen"),
    "training_planned": N_("training planned"),
    "training_moved": N_("training put off"),
    "training_passed": N_("training held and passed"),
    "training_failed": N_("training held, not passed"),
    "training_dropped": N_("training dropped"),
    "exception_asked": N_("exception asked for"),
    "exception_granted": N_("exception granted"),
    "exception_refused": N_("exception refused"),
    "exception_withdrawn": N_("exception withdrawn"),
    "exception_used": N_("exception used"),
    "exception_limit_set": N_("limit of exceptions set"),
    "exception_delegated": N_("somebody stands in for exceptions"),
    "exception_delegate_ended": N_("nobody stands in for exceptions any more"),
    "inspection_drawn": N_("inspections drawn"),
    "inspection_made": N_("order drawn to be inspected"),
    "inspection_scored": N_("order inspected"),
    "inspection_words": N_("raw words of an inspection kept"),
    "inspection_reopened": N_("to be inspected again"),
    "inspection_dropped": N_("left out of the inspections"),
    "sheet_imported": N_("score sheet imported"),
    "complaint_kept": N_("complaint kept"),
    "complaint_answered": N_("complaint answered"),
    "complaint_cause": N_("root cause of a complaint"),
    "complaint_closed": N_("complaint closed"),
    "complaint_withdrawn": N_("complaint withdrawn"),
    "complaint_tied": N_("complaint tied to an order"),
    "complaint_rang": N_("complaint rang"),
    "complaint_seen": N_("alarm of a complaint acknowledged"),
    "praise_kept": N_("praise kept"),
    "praise_withdrawn": N_("praise withdrawn"),
    "project_opened": N_("project opened"),
    "project_changed": N_("project changed"),
    "project_handed": N_("project handed to another department"),
    "project_taken": N_("hand-off acknowledged"),
    "project_bounced": N_("hand-off bounced back"),
    "project_recalled": N_("hand-off recalled"),
    "project_advanced": N_("project in its next stage"),
    "project_restored": N_("project in its stage again"),
    "project_back": N_("project put back"),
    "project_closed": N_("project closed"),
    "project_dropped": N_("project dropped"),
    "project_step_done": N_("step of a project done"),
    "project_step_undone": N_("step of a project not done after all"),
    "project_step_skipped": N_("step of a project skipped"),
    "project_rehomed": N_("customer is one with another"),
    "project_rang": N_("project rang"),
    "project_seen": N_("alarm of a project acknowledged"),
    "sop_given": N_("procedure given"),
    "sop_done": N_("step of the procedure done"),
    "sop_undone": N_("step of the procedure not done after all"),
    "sop_skipped": N_("step of the procedure skipped"),
    "sop_imported": N_("procedure imported"),
    "attached": N_("file attached"),
    "detached": N_("file taken off"),
}
"""Every fact's name and how a trace shows it."""


_quoted = json.encoder.encode_basestring
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)


def _chunks() -> Callable[[Any, int], Iterable[str]]:
    """What `_ENCODER` would build anew for each value, which costs more than its work."""
    make: Any = json.encoder.c_make_encoder  # type: ignore[attr-defined]  # no stub has it
    if make is None:
        return lambda value, _level: _ENCODER.iterencode(value)
    chunks: Callable[[Any, int], Iterable[str]] = make(
        None, _ENCODER.default, _quoted, None, ":", ",", True, False, True
    )
    return chunks


_told = _chunks()


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces."""
    return "".join(_told(value, 0))


def digest_words(words: Mapping[str, str], salt: str) -> str:
    """The salted digest under which free text enters the chain."""
    text = salt + canonical(dict(words))
    # Half a character may stand in words that other programs wrote: the doctor must read on.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def salted(words: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The words with a fresh salt beside them (key `salt`), and their digest."""
    salt = secrets.token_hex(8)
    return {**words, "salt": salt}, digest_words(words, salt)


def chain_hash(
    previous: str,
    *,
    at_ms: int,
    by: int,
    via: str,
    number: int | None,
    fact: str,
    body: str,
    deed: int | None = None,
) -> str:
    """SHA-256 of the entry before and of this one; `body` is its canonical JSON.

    What is hashed is `canonical` of the list of all these (of the deed only where there is one),
    written out because it is so often.
    """
    order = "null" if number is None else number
    told = f"{order},{_quoted(fact)},{_quoted(body)}"
    last = "" if deed is None else f",{deed}"
    entry = f"[{_quoted(previous)},{at_ms},{by},{_quoted(via)},{told}{last}]"
    return hashlib.sha256(entry.encode()).hexdigest()
