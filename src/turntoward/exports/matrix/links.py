"""What events of a Matrix room say of each other: edits, reactions, removals, calls, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from turntoward.exports.json_records import micros_of
from turntoward.exports.matrix.events import Event, content_of, relation_of, text_at
from turntoward.exports.names import Names
from turntoward.exports.records import Mood


@dataclass(slots=True)
class Edit:
    """The last words of a message, when they were written (in ms), and by whom."""

    at: int
    sender: str | None
    content: Mapping[str, Any]


@dataclass(slots=True)
class Call:
    """The steps of one call: the event that stands for it, and times in ms."""

    event: str
    answered: int | None = None
    ended: int | None = None
    declined: bool = False


@dataclass(slots=True)
class Links:
    """All that is known of a room before its events are read one by one.

    `me` is who exported, where one person alone has that name; `members` the number of people.
    """

    names: dict[str, str] = field(default_factory=dict)
    me: str | None = None
    room: str | None = None
    members: int = 0
    direct: bool = False
    edits: dict[str, Edit] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    calls: dict[str, Call] = field(default_factory=dict)
    moods: list[Mood] = field(default_factory=list)


def links_of(events: Iterable[Event | None], exported_by: str | None) -> Links:
    """Go through all events once; one that does not fit says nothing of others."""
    links = Links()
    shown: dict[str, str] = {}
    members: set[str] = set()
    reactions: list[tuple[str | None, str | None, Mood]] = []
    for event in events:
        if event is None:
            continue
        links.room = links.room or event.room_id
        if event.sender is not None:
            shown.setdefault(event.sender, "")
        if event.type == "m.room.member":
            _member(event, shown, members, links)
        elif event.type == "m.room.redaction":
            target = event.redacts or text_at(content_of(event), "redacts")
            links.removed.update([target] if target else [])
        elif event.type.startswith("m.call."):
            _call(event, links.calls)
        else:
            _related(event, links, reactions)
    names = Names()
    links.names = {
        person: names.of(name or local_part(person), person) or person
        for person, name in shown.items()
    }
    links.members = len(members | set(shown))
    called = [person for person, name in shown.items() if exported_by in (person, name or None)]
    links.me = called[0] if exported_by and len(called) == 1 else None
    for event_id, sender, mood in reactions:
        if event_id not in links.removed:
            mood.actor = links.names.get(sender or "")
            links.moods.append(mood)
    return links


def local_part(person: str) -> str:
    """`ana` of `@ana:example.org`."""
    return person.removeprefix("@").partition(":")[0] or person


def _member(event: Event, shown: dict[str, str], members: set[str], links: Links) -> None:
    content = content_of(event)
    person = event.state_key or event.sender
    if not isinstance(person, str):
        return
    if content.get("membership") in ("join", "invite"):
        members.add(person)
        links.direct = links.direct or content.get("is_direct") is True
    name = text_at(content, "displayname")
    if name:
        shown[person] = name


def _call(event: Event, calls: dict[str, Call]) -> None:
    content = content_of(event)
    key = text_at(content, "call_id")
    if key is None or event.id is None:
        return
    call = calls.setdefault(key, Call(event=event.id))
    if event.type == "m.call.invite":
        call.event = event.id
    elif event.type == "m.call.answer":
        call.answered = event.time
    elif event.type in ("m.call.hangup", "m.call.reject"):
        call.ended = event.time
        call.declined = event.type == "m.call.reject"


def _related(
    event: Event, links: Links, reactions: list[tuple[str | None, str | None, Mood]]
) -> None:
    content = content_of(event)
    relation = relation_of(content)
    target = text_at(relation, "event_id")
    if target is None:
        return
    if event.type == "m.reaction":
        mood = Mood(to=target, emoji=text_at(relation, "key") or "", at=micros_of(event.time))
        reactions.append((event.id, event.sender, mood))
    elif relation.get("rel_type") == "m.replace":
        new, at = content.get("m.new_content"), event.time or 0
        known = links.edits.get(target)
        if isinstance(new, dict) and (known is None or known.at <= at):
            links.edits[target] = Edit(at=at, sender=event.sender, content=new)
