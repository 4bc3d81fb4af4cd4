"""Which chats of an export are those of the two: asked for, told by names, or the only one."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from dataclasses import replace

import polars as pl

from turntoward.errors import SeveralChats, UnknownName
from turntoward.exports.account import account_of
from turntoward.exports.members import shown
from turntoward.messages.owners import OWNER
from turntoward.messages.source import Chat, Source

_MOST_LISTED = 8


def choose(
    sources: Sequence[Source],
    *,
    title: str,
    chats: Collection[str] = (),
    people: Collection[str] = (),
    me: Collection[str] = (),
) -> tuple[Source, ...]:
    """The sources with only the chats of the two.

    `title` names what was brought in. `chats` are titles or ids that were asked for; else `people`
    are names of the partner, whose chats are taken, those of two before groups. Without either,
    the only chat is taken, or the only one of two people. Raises `SeveralChats` with titles and
    sizes where that does not decide it, `UnknownName` where nothing is called so. What is left out
    is said in `Account.aside` of what stays.
    """
    every = [chat for source in sources for chat in source.chats if chat.senders]
    if chats:
        chosen = _asked_for(every, chats, title)
    elif len(every) <= 1:
        return tuple(sources)
    elif people:
        chosen = _with(every, people, me, title)
    else:
        chosen = _of_two(every, title)
    dropped = [source for source in sources if not _kept(source, chosen)]
    first, *more = [source for source in sources if _kept(source, chosen)]
    return _only(first, chosen, dropped), *(_only(source, chosen) for source in more)


def _asked_for(every: Sequence[Chat], asked: Collection[str], title: str) -> list[Chat]:
    chosen = []
    for name in asked:
        found = called(every, name)
        if not found:
            raise not_called(every, name, title)
        chosen += found
    return chosen


def called(chats: Sequence[Chat], name: str) -> list[Chat]:
    """The chats that have this title or id; the case counts only where it decides."""
    exactly = [chat for chat in chats if name in (chat.id, chat.title, shown(chat.title))]
    return exactly or [c for c in chats if name.casefold() == shown(c.title).casefold()]


def not_called(chats: Sequence[Chat], name: str, title: str) -> UnknownName:
    """The refusal where no chat of `title` is called so."""
    return UnknownName(f"No chat in {title} is called {shown(name)}. It holds: {listed(chats)}.")


def _with(
    every: Sequence[Chat], people: Collection[str], me: Collection[str], title: str
) -> list[Chat]:
    """The chats with the partner: who wrote in them, or as whom they are known.

    On the partner's own phone the partner is "Me"; there it is the chat with who asks.
    """
    names, own = ({name.casefold() for name in names} for names in (people, me))
    theirs = [chat for chat in every if names & _called(chat)]
    theirs = theirs or [chat for chat in every if OWNER in chat.senders and own & _called(chat)]
    if not theirs:
        asked = shown(" or ".join(people))
        raise UnknownName(f"Nobody in {title} is called {asked}. Its chats: {listed(every)}.")
    return [chat for chat in theirs if _may_be_of_two(chat)] or theirs


def _called(chat: Chat) -> set[str]:
    return {name.casefold() for name in (*chat.senders, chat.title)}


def _of_two(every: Sequence[Chat], title: str) -> list[Chat]:
    likely = [chat for chat in every if _may_be_of_two(chat)]
    pairs = {frozenset(chat.senders) for chat in likely}
    if len(likely) == 1 or (len(pairs) == 1 and len(next(iter(pairs))) == 2):
        return likely
    told = likely or every
    kind = "chats" if likely else "groups"
    sizes = _sizes(told)
    first = shlex.quote(next(iter(sizes)))
    # Whoever asks may also choose a group: the two may have one of their own.
    offered = sizes | {name: n for name, n in _sizes(every).items() if name not in sizes}
    raise SeveralChats(
        f"{title} holds {len(told)} {kind}: {listed(told)}. Choose the one with your partner, "
        f"for example with `--chat {first}`.",
        {name: sum(records) for name, records in offered.items()},
    )


def _may_be_of_two(chat: Chat) -> bool:
    return not chat.group and len(chat.senders) <= 2


def _sizes(chats: Sequence[Chat]) -> dict[str, list[int]]:
    """Title -> how much was said in each chat of that title; the largest first."""
    sizes: dict[str, list[int]] = {}
    for chat in chats:
        sizes.setdefault(shown(chat.title), []).append(sum(chat.senders.values()))
    return dict(sorted(sizes.items(), key=lambda item: -sum(item[1])))


def listed(chats: Sequence[Chat]) -> str:
    """`Ben (1,204), Cleo (50 in 2 chats) and 3 more`: the largest chats with their sizes."""
    sizes = _sizes(chats)
    names = [
        f"{title} ({sum(each):,}{f' in {len(each):,} chats' if len(each) > 1 else ''})"
        for title, each in sizes.items()
    ]
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more


def _kept(source: Source, chosen: Sequence[Chat]) -> tuple[Chat, ...]:
    return tuple(chat for chat in source.chats if any(chat is one for one in chosen))


def _only(source: Source, chosen: Sequence[Chat], dropped: Sequence[Source] = ()) -> Source:
    """A source with some of its chats; it also says what was in those that are `dropped`."""
    left = _with_chats(source, _kept(source, chosen))
    before = (source, *dropped)
    others = sum(len(one.chats) for one in before) - len(left.chats)
    if not others:
        return source
    records = sum(one.account.records for one in before) - left.account.records
    note = (
        f"Left aside: {others:,} other {'chat' if others == 1 else 'chats'} "
        f"({records:,} {'record' if records == 1 else 'records'})."
    )
    said = dict.fromkeys(line for one in before for line in one.account.aside)
    return replace(left, account=replace(left.account, aside=(*said, note)))


def _with_chats(source: Source, kept: tuple[Chat, ...]) -> Source:
    if len(kept) == len(source.chats):
        return source
    messages = source.messages.filter(pl.col("chat_id").is_in([chat.id for chat in kept]))
    known = messages["msg_id"].drop_nulls()
    account = account_of(
        messages,
        format_name=source.account.format,
        zone=source.account.zone,
        notes=source.account.notes,
    )
    return replace(
        source,
        messages=messages,
        reactions=source.reactions.filter(pl.col("msg_id").is_in(known.implode())),
        account=replace(account, file=source.account.file),
        chats=kept,
    )
