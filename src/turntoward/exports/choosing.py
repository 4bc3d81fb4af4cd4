"""Which chats of an export are those of the two: asked for, told by names, or the only one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import polars as pl

from turntoward.errors import SeveralChats, UnknownName
from turntoward.exports.account import account_of
from turntoward.messages.source import Chat, Source

_MOST_LISTED = 8


def choose(
    sources: Sequence[Source],
    *,
    title: str,
    chats: Collection[str] = (),
    people: Collection[str] = (),
) -> tuple[Source, ...]:
    """The sources with only the chats of the two.

    `title` names what was brought in. `chats` are titles or ids that were asked for; else `people`
    are names of the partner, whose chats are taken, those of two before groups. Without either,
    the only chat is taken, or the only one of two people. Raises `SeveralChats` with titles and
    sizes where that does not decide it, `UnknownName` where nothing is called so.
    """
    every = [chat for source in sources for chat in source.chats if chat.senders]
    if chats:
        chosen = _asked_for(every, chats, title)
    elif len(every) <= 1:
        return tuple(sources)
    elif people:
        chosen = _with(every, people, title)
    else:
        chosen = _of_two(every, title)
    left = [_only(source, chosen) for source in sources]
    return tuple(source for source in left if source is not None)


def _asked_for(every: Sequence[Chat], asked: Collection[str], title: str) -> list[Chat]:
    chosen = []
    for name in asked:
        called = [chat for chat in every if name in (chat.id, chat.title)]
        called = called or [c for c in every if name.casefold() == c.title.casefold()]
        if not called:
            raise UnknownName(f"No chat in {title} is called {name}. It holds: {listed(every)}.")
        chosen += called
    return chosen


def _with(every: Sequence[Chat], people: Collection[str], title: str) -> list[Chat]:
    names = {name.casefold() for name in people}
    theirs = [chat for chat in every if names & {name.casefold() for name in chat.senders}]
    if not theirs:
        called = " or ".join(people)
        raise UnknownName(f"Nobody in {title} is called {called}. Its chats: {listed(every)}.")
    return [chat for chat in theirs if _may_be_of_two(chat)] or theirs


def _of_two(every: Sequence[Chat], title: str) -> list[Chat]:
    likely = [chat for chat in every if _may_be_of_two(chat)]
    pairs = {frozenset(chat.senders) for chat in likely}
    if len(likely) == 1 or (len(pairs) == 1 and len(next(iter(pairs))) == 2):
        return likely
    told = likely or every
    kind = "chats" if likely else "groups"
    raise SeveralChats(
        f"{title} holds {len(told)} {kind}: {listed(told)}. Choose the one with your partner, "
        f"for example with `--chat '{_most(told)[0].title}'`.",
        {chat.title: sum(chat.senders.values()) for chat in _most(told)},
    )


def _may_be_of_two(chat: Chat) -> bool:
    return not chat.group and len(chat.senders) <= 2


def _most(chats: Sequence[Chat]) -> list[Chat]:
    return sorted(chats, key=lambda chat: -sum(chat.senders.values()))


def listed(chats: Sequence[Chat]) -> str:
    """`Ben (1,204), Cleo (50) and 3 more`: the largest chats with their sizes."""
    most = _most(chats)
    names = [f"{chat.title} ({sum(chat.senders.values()):,})" for chat in most[:_MOST_LISTED]]
    more = f" and {len(most) - _MOST_LISTED} more" if len(most) > _MOST_LISTED else ""
    return ", ".join(names) + more


def _only(source: Source, chosen: Sequence[Chat]) -> Source | None:
    """A source with some of its chats; null where none of them lies in it."""
    kept = tuple(chat for chat in source.chats if any(chat is one for one in chosen))
    if not kept:
        return None
    if len(kept) == len(source.chats):
        return source
    messages = source.messages.filter(pl.col("chat_id").is_in([chat.id for chat in kept]))
    known = messages["msg_id"].drop_nulls()
    left = source.messages.height - messages.height
    others = len(source.chats) - len(kept)
    note = f"Left aside: {others:,} other {'chat' if others == 1 else 'chats'} ({left:,} records)."
    account = account_of(
        messages,
        format_name=source.account.format,
        zone=source.account.zone,
        notes=(*source.account.notes, note),
    )
    return replace(
        source,
        messages=messages,
        reactions=source.reactions.filter(pl.col("msg_id").is_in(known.implode())),
        account=replace(account, file=source.account.file),
        chats=kept,
    )
