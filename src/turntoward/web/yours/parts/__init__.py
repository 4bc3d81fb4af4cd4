"""What each of the two may take along: every app gives its part, as tables of plain values.

A part holds what its partner may see on the pages, and nothing of what is the other's alone. Words
that are locked in this browser are not left out silently: their row says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.yours.parts import (
    care,
    checkins,
    couples,
    handover,
    moments,
    noticed,
    practice,
    readings,
    rituals,
    topics,
    trials,
    weather,
    yours,
)
from turntoward.web.yours.parts.rows import Row

#: In the order of the files; a new app is one line here and one module beside it.
PARTS = (
    couples.part,
    weather.part,
    checkins.part,
    noticed.part,
    topics.part,
    rituals.part,
    moments.part,
    trials.part,
    care.part,
    handover.part,
    practice.part,
    readings.part,
    yours.part,
)
#: What is given, by the label of its model, and what is not, with the reason.
GIVEN: tuple[str, ...] = (
    "couples.Consent",
    "couples.Couple",
    "couples.Partner",
    "couples.Season",
    "weather.Weather",
    "weather.PutAway",
    "checkins.Afterwards",
    "checkins.Sitting",
    "noticed.Given",
    "noticed.InPerson",
    "noticed.Kept",
    "topics.ReadyToHear",
    "topics.Topic",
    "rituals.Aside",
    "rituals.CalendarLink",
    "rituals.Kept",
    "rituals.MailAddress",
    "rituals.Planned",
    "rituals.PushSubscription",
    "rituals.Reminder",
    "rituals.Ritual",
    "rituals.Sent",
    "moments.Offer",
    "trials.Reply",
    "trials.Trial",
    "care.Filled",
    "care.NotNow",
    "handover.Agreement",
    "handover.Brief",
    "handover.Choice",
    "handover.Line",
    "handover.Opened",
    "practice.Consult",
    "practice.ConsultYes",
    "practice.Proposed",
    "practice.Would",
    "readings.Bringing",
    "readings.StoredReading",
    "mfa.Authenticator",
    "yours.Device",
    "yours.Keepsake",
    "yours.Told",
)
LEFT_OUT: Mapping[str, str] = {
    "care.Looked": "A note of the week so that Today need not look again; the page looks anew.",
    "couples.GoneKey": "Digests of names of keys that are gone: they open nothing, name nobody.",
    "couples.Invitation": "Only the digest of a link is stored, and that opens nothing.",
    "practice.Practice": "The practice's own, and no couple's.",
    "practice.Therapist": "Accounts of those who work at the practice.",
    "practice.ColleagueLink": "Only the digest of a link is stored, and that opens nothing.",
    "couples.Tries": "How often something did not fit of late, under digests; gone after an hour.",
    "account.EmailAddress": "A table of allauth's, which stays empty: no address is asked for.",
    "account.EmailConfirmation": "Likewise a table of allauth's that stays empty.",
    "couples.Tap": "Ids by which a phone's taps count once; they hold nothing of what was tapped.",
}


def tables_of(partner: Partner, key: bytes | None, now: datetime) -> dict[str, list[Row]]:
    """Every table, by its name. `key` opens private words; None where they are locked here."""
    tables: dict[str, list[Row]] = {}
    for part in PARTS:
        tables |= {name: list(rows) for name, rows in part(partner, key, now).items()}
    return tables


def locked_in(tables: Mapping[str, Iterable[Row]]) -> bool:
    """True where words stayed behind because they are locked."""
    return any(row.get("locked") for rows in tables.values() for row in rows)
