"""One page of Google Voice, as records: told by its structure, in whatever language it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from turntoward.exports.attachments import kind_of_name, state_of
from turntoward.exports.flags import PLACEHOLDER
from turntoward.exports.html_trees import tree_of
from turntoward.exports.json_records import moment_of
from turntoward.exports.records import Record
from turntoward.messages.message import Kind

#: `Ana - Text - 2024-05-22T21_48_32Z.html`; in the middle stands what the page is.
_NAME = re.compile(r"^(.*?) - ([^-]*) - \d{4}-\d\d-\d\dT\d\d_\d\d_\d\dZ")
_DURATION = re.compile(r"^PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?$")
#: Google's labels of a call, the same in every language -> outcome.
_OUTCOMES = {
    "received": "answered", "missed": "missed", "placed": None, "recorded": "answered",
}  # fmt: skip
#: What was sent, by the element that shows it or by the class of a link to it.
_SENT = {
    "img": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO, "vcard": Kind.CONTACT,
}  # fmt: skip
#: Google's own words where a picture was sent without any.
_STAND_INS = frozenset({"MMS Sent", "MMS Received"})
#: What the files of messages end in.
_ENDINGS = (".jpg", ".png", ".gif", ".mp4", ".3gp", ".mp3", ".vcf", ".webp", ".heic", ".amr")
_ME, _NOBODY = "Me", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The records of a page, of one chat."""

    chat: str
    title: str
    group: bool
    records: list[Record]


def read_page(data: bytes, name: str, beside: Collection[str] | None) -> Page:
    """Read a page; each message of it is a record, and a call is one."""
    tree = tree_of(data)
    if tree is None:
        return Page(chat=_NOBODY, title=_NOBODY, group=False, records=[_unreadable()])
    log = tree.css_first(".hChatLog")
    call = tree.css_first(".haudio")
    if log is not None:
        records = [_message(one, beside) for one in log.iter() if "message" in _classes(one)]
        # Google never puts messages into messages; where they are, the page is damaged.
        inside = len(log.css(".message")) - len(records)
        records += [_unreadable() for _ in range(inside)]
    elif call is not None:
        heading = tree.css_first("title")
        said = heading.text() if heading is not None else ""
        records = [_call(call, beside, _said_outside(name, said))]
    else:
        records = []
    if not records:
        records = [_unreadable()]
    members = [_person(one) for one in tree.css(".participants .vcard")]
    if len(members) > 1:
        chat = "~".join(sorted(number or shown for shown, number in members))
        title = ", ".join(shown for shown, _ in members)
        return Page(chat=chat, title=title, group=True, records=records)
    other = _other(name, records)
    return Page(chat=other, title=other, group=False, records=records)


def _unreadable() -> Record:
    return Record(kind=Kind.UNKNOWN, misfit=True)


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _other(name: str, records: list[Record]) -> str:
    """With whom: the file is named after them; else whoever wrote and is not the owner."""
    named = _NAME.match(name)
    if named is not None and named[1].strip():
        return named[1].strip()
    theirs = [record.sender for record in records if record.sender and not record.me]
    # Pages of two people must not become one chat, even where only the owner wrote.
    return theirs[0] if theirs else name.rpartition(".")[0] if named is None else _NOBODY


def _message(node: LexborNode, beside: Collection[str] | None) -> Record:
    record = Record(precision="ms")
    _when(record, node.css_first("abbr.dt"))
    who = node.css_first(".sender")
    if who is not None:
        # Google names the owner by an abbreviation ("Me", in the language of the account),
        # everybody else by a span.
        record.me = who.css_first("abbr.fn") is not None
        record.sender = _ME if record.me else _person(who)[0] or None
    said = node.css_first("q")
    record.text = _words(said) if said is not None else None
    sent = next(filter(_shows_a_file, node.css("img, video, audio, a[href]")), None)
    if sent is not None:
        path = sent.attributes.get("src") or sent.attributes.get("href") or ""
        what = next(iter(_classes(sent)), "link") if sent.tag == "a" else sent.tag or ""
        record.kind, record.raw_kind = _SENT.get(what) or kind_of_name(path), what
        record.media_ref, record.media_state = _file(path, beside)
        record.text = record.text or None
        if record.text in _STAND_INS:
            record.doubts = (PLACEHOLDER,)
    elif not record.text:
        record.kind, record.misfit = Kind.UNKNOWN, True
    if record.at is None:
        record.misfit = True
    return record


def _shows_a_file(node: LexborNode) -> bool:
    """True for what was sent; a link may also be a person's number, or stand in the words."""
    if node.tag != "a":
        return True
    written = node.parent is not None and node.parent.tag == "q"
    web = (node.attributes.get("href") or "").startswith(("http:", "https:", "tel:"))
    return not written and not web


def _said_outside(name: str, title: str) -> str:
    """What kind of call it is by the page's file name or title, where it has no label."""
    named = _NAME.match(name)
    first = named[2].strip() if named is not None else next(iter(title.split()), "")
    return first.lower()


def _call(node: LexborNode, beside: Collection[str] | None, otherwise: str) -> Record:
    record = Record(kind=Kind.CALL)
    _when(record, node.css_first("abbr.published"))
    hrefs = [one.attributes.get("href") or "" for one in node.css('a[rel="tag"]')]
    labels = [href.rpartition("#")[2] for href in hrefs] or [otherwise]
    who = node.css_first(".contributor")
    other = _person(who)[0] if who is not None else ""
    record.sender, record.me = other or None, False
    length = node.css_first("abbr.duration")
    record.duration_s = _seconds(length.attributes.get("title") if length is not None else None)
    if "voicemail" in labels:
        record.kind, record.raw_kind = Kind.VOICE, "voicemail"
        audio = node.css_first("audio")
        record.media_ref, record.media_state = _file(
            (audio.attributes.get("src") if audio is not None else None) or "", beside
        )
        return record
    for label, outcome in _OUTCOMES.items():
        if label in labels:
            record.raw_kind = label
            record.call_outcome = outcome
    if record.raw_kind == "placed":
        record.sender, record.me = _ME, True
        record.call_outcome = "answered" if record.duration_s else "no_answer"
    if record.raw_kind is None or record.at is None:
        record.kind, record.misfit = Kind.UNKNOWN, True
    return record


def _person(node: LexborNode) -> tuple[str, str]:
    """How a person is shown, and their number."""
    link = node.css_first("a.tel")
    number = (link.attributes.get("href") or "").removeprefix("tel:") if link is not None else ""
    name = node.css_first(".fn")
    shown = name.text(strip=True) if name is not None else ""
    return shown or number, number


def _when(record: Record, node: LexborNode | None) -> None:
    title = node.attributes.get("title") if node is not None else None
    record.at, record.wall = moment_of(title)


def _words(node: LexborNode) -> str:
    """The text as typed: breaks are line feeds, and one at the end is Google's."""
    for one in node.css("br"):
        one.replace_with("\n")
    return node.text().removesuffix("\n")


def _file(path: str, beside: Collection[str] | None) -> tuple[str | None, str | None]:
    """The name of a file beside the page; Google leaves its ending out."""
    stem = path.rpartition("/")[2]
    if not stem:
        return None, None
    if beside is not None and stem not in beside:
        full = next((stem + one for one in _ENDINGS if stem + one in beside), None)
        return full or stem, "included" if full else "missing"
    return stem, state_of(stem, beside)


def _seconds(written: str | None) -> float | None:
    found = _DURATION.match(written or "")
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds) or None
