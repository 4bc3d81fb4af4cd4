"""Writes of what the app proposes: to both from what both may see, to each from their own side."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import override

from turntoward.web.couples.models import Partner
from turntoward.web.handover import known, lines
from turntoward.web.handover.line_actions import another, locked, new_line
from turntoward.web.handover.models import Brief, Choice, Kind, Line
from turntoward.web.handover.proposals import Proposed, of_both, of_one
from turntoward.words import spoken


def propose(brief: Brief, partner: Partner, key: bytes | None, now: datetime) -> None:
    """What there is for whoever looks, of both and of their own side; looking says nothing."""
    if brief.owner_id is None:
        propose_to_both(brief, partner, now)
    if key is not None:
        propose_to_one(brief, partner, key, now)


def propose_to_both(brief: Brief, partner: Partner, now: datetime) -> None:
    """Lines from what both may see, worked out anew at every look.

    So what stands there rests on what both know, and never on who looked before, nor on what the
    other said of a line: one that is in, or that one of the two put in other words, stays; every
    other line of the app's is renewed or goes.
    """
    with override(brief.language), spoken(brief.language):
        found = known.of_both(partner, now)
        proposed = of_both(found.known)
    if found.chart is not None:
        words = msgspec.json.encode(found.chart).decode()
        proposed.append(Proposed(kind=Kind.CHART, source="chart", words=words))
    if not any(_differs(brief, proposed)):
        return
    with transaction.atomic():
        if locked(brief):
            _renew(brief, proposed)


def _differs(
    brief: Brief, proposed: list[Proposed]
) -> tuple[list[Proposed], list[tuple[Line, str]], list[Line]]:
    """What is new, which lines have other words by now, and which are proposed no more."""
    there = {line.source: line for line in brief.lines.filter(by=None)}
    stay = {line.pk for line in lines.lines_in(brief)}
    stay |= {line.pk for line in there.values() if line.worded_by_id is not None}
    words = {one.source: one.words for one in proposed}
    free = [line for line in there.values() if line.pk not in stay]
    new = [one for one in proposed if one.source not in there]
    other = [
        (line, words[line.source])
        for line in free
        if line.source in words and lines.words_of(line, None) != words[line.source]
    ]
    return new, other, [line for line in free if line.source not in words]


def _renew(brief: Brief, proposed: list[Proposed]) -> None:
    new, other, gone = _differs(brief, proposed)
    for one in new:
        line = new_line(brief, None, one.kind, one.source)
        lines.share(line, one.words)
        line.save(force_insert=True)
    for line, words in other:
        before, line.version = line.version, another()
        lines.share(line, words)
        line.save(update_fields=["shared_sealed", "version"])
        # Left out stays left out; whoever kept it is asked again.
        out = Choice.objects.filter(line=line, version=before, kept=False)
        out.update(version=line.version)
    brief.lines.filter(pk__in=[line.pk for line in gone]).delete()


def propose_to_one(brief: Brief, partner: Partner, key: bytes, now: datetime) -> None:
    """Lines from this partner's own side, locked for them; each is proposed once."""
    there = set(brief.lines.filter(by=partner).values_list("source", flat=True))
    alone = brief.owner_id is not None
    with override(brief.language), spoken(brief.language):
        proposed = of_one(known.of_one(partner, key, now, alone=alone, first=not there))
    if all(one.source in there for one in proposed):
        return
    with transaction.atomic():
        if not locked(brief):
            return
        there = set(brief.lines.filter(by=partner).values_list("source", flat=True))
        for one in proposed:
            if one.source not in there:
                line = new_line(brief, partner, one.kind, one.source)
                lines.lock(line, one.words, partner)
                line.save(force_insert=True)
