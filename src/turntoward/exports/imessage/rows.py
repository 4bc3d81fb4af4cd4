"""One row of Messages' table `message`, as a record or a reaction.

What the numbers mean is Apple's secret; what is written here is what public readers of the
database agree on. A row of a kind that nobody knows stays, with its number in `raw_kind`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from turntoward.exports.imessage.body import body_text, summary_of
from turntoward.exports.records import Record
from turntoward.messages.message import Kind

#: The columns that are read, of whatever version has them.
COLUMNS = (
    "ROWID", "guid", "text", "attributedBody", "subject", "handle_id", "service", "date",
    "date_edited", "date_retracted", "is_from_me", "is_sent", "item_type", "group_action_type",
    "is_audio_message", "cache_has_attachments", "balloon_bundle_id", "expressive_send_style_id",
    "associated_message_guid", "associated_message_type", "associated_message_emoji",
    "thread_originator_guid", "message_summary_info", "schedule_type",
)  # fmt: skip

#: Stands in the text where a picture was; nobody typed it.
_PLACEHOLDER = "\ufffc"
#: Stands for all that an app sent.
_APP_PLACEHOLDER = "\ufffd"
_2001_US = 978_307_200 * 1_000_000
#: Dates of older versions count seconds, those since 2017 nanoseconds.
_SECONDS_UP_TO = 100_000_000_000
_TAPBACKS = {2000: "❤️", 2001: "👍", 2002: "👎", 2003: "😂", 2004: "‼️", 2005: "❓"}
_OWN_EMOJI, _STICKER_REACTION = 2006, 2007
_REACTIONS = range(2000, 3000)
_TAKEN_BACK = range(3000, 4000)
_STICKER_ON_A_MESSAGE = 1000
#: A number here belongs to apps (games, payments), which answer their own messages with it.
_OF_APPS = (0, 2, 3)
_SCHEDULED = 2
_LINK_PREVIEW = "com.apple.messages.URLBalloonProvider"
#: Part of an app's name -> what it sends; any other app sends something of its own.
_APPS = {"handwriting": Kind.IMAGE, "digitaltouch": Kind.IMAGE, "findmy": Kind.LOCATION,
         "polls": Kind.POLL, "photo": Kind.IMAGE}  # fmt: skip
_MEDIA = {"image/gif": Kind.GIF, "text/vcard": Kind.CONTACT, "text/x-vcard": Kind.CONTACT,
          "text/x-vlocation": Kind.LOCATION}  # fmt: skip
_MEDIA_FAMILIES = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}
#: The picture of a link's preview or of an app's balloon, which nobody attached.
PREVIEW_ENDING = ".pluginpayloadattachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that a message carries: its name, its MIME type or Apple's own, sticker or not."""

    name: str | None
    mime: str
    sticker: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A tapback: `to` is the message's id, empty where the row does not say, `part` which piece of
    it; `sign` null takes it back.
    """

    to: str
    part: str
    sign: str | None
    sticker: bool


def moment(value: object) -> tuple[int | None, str]:
    """Microseconds since 1970 and their precision, of Apple's date; 0 is no date."""
    if isinstance(value, float) and value == value and abs(value) < 1e19:
        value = int(value)
    if not isinstance(value, int) or value == 0:
        return None, "s"
    if abs(value) < _SECONDS_UP_TO:
        return value * 1_000_000 + _2001_US, "s"
    return value // 1_000 + _2001_US, "ms"


def reaction_of(row: Mapping[str, Any]) -> Reaction | None:
    """The reaction that a row is; null for a message."""
    number, target = row.get("associated_message_type"), row.get("associated_message_guid")
    if not isinstance(number, int) or (number not in _REACTIONS and number not in _TAKEN_BACK):
        return None
    target = target if isinstance(target, str) else ""
    # `p:0/GUID` is a piece of a message, `bp:GUID` its balloon, and old versions wrote `GUID`.
    part, _, guid = target.rpartition("/") if "/" in target else target.rpartition(":")
    kind = number % 1000 + 2000
    sign = None
    if number in _REACTIONS:
        own = row.get("associated_message_emoji")
        sign = str(own) if kind == _OWN_EMOJI and own else _TAPBACKS.get(kind, "")
        sign = "sticker" if kind == _STICKER_REACTION else sign
    return Reaction(to=guid, part=part, sign=sign, sticker=kind == _STICKER_REACTION)


def record_of(
    row: Mapping[str, Any], attached: Sequence[Attached], beside: frozenset[str]
) -> Record:
    """The record of a row; its chat and sender are filled in by the caller."""
    at, precision = moment(row.get("date"))
    guid, origin = _text(row.get("guid")), _text(row.get("thread_originator_guid"))
    record = Record(
        id=guid,
        at=at,
        precision=precision,
        me=bool(row.get("is_from_me")),
        # reply_to_guid is no reply: it names whatever message came before.
        reply_to=origin if origin != guid else None,
    )
    if reaction_of(row) is not None:
        record.kind, record.raw_kind = Kind.SERVICE, "reaction"
        return record
    if row.get("item_type"):
        record.kind = Kind.SERVICE
        record.raw_kind = f"item-{row['item_type']}.{row.get('group_action_type') or 0}"
        return record
    _fill(record, row, [one for one in attached if not _is_preview(one)], len(attached), beside)
    return record


def _fill(
    record: Record,
    row: Mapping[str, Any],
    attached: Sequence[Attached],
    carried: int,
    beside: frozenset[str],
) -> None:
    changes = summary_of(row.get("message_summary_info"))
    words = _words(row, carried)
    record.raw_kind = _raw_kind(row)
    record.text = words or None
    record.edited = False
    changed = moment(row.get("date_edited"))[0]
    media = _media_kind(row, attached)
    gone = changes.unsent and not words and not attached
    if gone or moment(row.get("date_retracted"))[0] is not None:
        record.kind, record.text, record.raw_kind = Kind.DELETED, None, "unsent"
        record.edited_at = changed
        return
    record.edited = changed is not None or changes.edited
    record.edited_at = changed
    if row.get("schedule_type") == _SCHEDULED and not row.get("is_sent") and record.me:
        record.kind, record.raw_kind = Kind.SERVICE, "scheduled"
    elif media is not None:
        _fill_media(record, media, attached, beside)
    elif words:
        record.kind = Kind.LINK if _is_link(row, words) else Kind.TEXT
    else:
        # Neither words nor anything else: a damaged body is a misfit, an empty row is not.
        record.kind, record.misfit = Kind.UNKNOWN, bool(row.get("attributedBody"))
        record.raw_kind = "damaged body" if record.misfit else "empty"


def _words(row: Mapping[str, Any], carried: int) -> str:
    """What was typed, with the subject line above; placeholders of what is attached are not."""
    text = row.get("text")
    words = text if isinstance(text, str) and text else body_text(row.get("attributedBody")) or ""
    if row.get("balloon_bundle_id") or row.get("cache_has_attachments") or carried:
        # Without an attachment or an app somebody did paste the character.
        words = words.replace(_PLACEHOLDER, "", max(carried, 1))
    if row.get("balloon_bundle_id") and words == _APP_PLACEHOLDER:
        words = ""
    subject = row.get("subject")
    if isinstance(subject, str) and subject:
        return f"{subject}\n{words}" if words else subject
    return words


def _raw_kind(row: Mapping[str, Any]) -> str | None:
    """What Messages calls it, where that is more than a plain iMessage."""
    number, app = row.get("associated_message_type"), row.get("balloon_bundle_id")
    if isinstance(number, int) and number not in _OF_APPS:
        return f"associated-{number}"
    if isinstance(app, str) and app:
        return app.rpartition(":")[2]
    effect = row.get("expressive_send_style_id")
    if isinstance(effect, str) and effect:
        return effect
    service = row.get("service")
    return service if isinstance(service, str) and service not in ("", "iMessage") else None


def _media_kind(row: Mapping[str, Any], attached: Sequence[Attached]) -> Kind | None:
    """What was attached, judged by the first file; null where a message is words alone."""
    if row.get("is_audio_message"):
        return Kind.VOICE
    if row.get("associated_message_type") == _STICKER_ON_A_MESSAGE:
        return Kind.STICKER
    app = row.get("balloon_bundle_id")
    if isinstance(app, str) and app and app != _LINK_PREVIEW:
        names = app.casefold()
        return next((kind for part, kind in _APPS.items() if part in names), Kind.MEDIA)
    if attached:
        return _kind_of_file(attached[0])
    lost = row.get("cache_has_attachments") and app != _LINK_PREVIEW
    return Kind.MEDIA if lost else None


def _kind_of_file(file: Attached) -> Kind:
    if file.sticker:
        return Kind.STICKER
    mime = file.mime.casefold()
    if mime == "audio/amr" or mime == "com.apple.coreaudio-format":
        return Kind.VOICE  # what the phones themselves record
    family = _MEDIA_FAMILIES.get(mime.partition("/")[0])
    return _MEDIA.get(mime) or family or (Kind.DOCUMENT if "/" in mime else Kind.MEDIA)


def _fill_media(
    record: Record, kind: Kind, attached: Sequence[Attached], beside: frozenset[str]
) -> None:
    record.kind = kind
    if len(attached) > 1:
        record.raw_kind = f"{len(attached)} attachments"
    if attached:
        record.media_ref = attached[0].name
        record.media_state = "included" if attached[0].name in beside else "omitted"
    elif record.raw_kind is None:
        record.media_state = "missing"


def _is_link(row: Mapping[str, Any], words: str) -> bool:
    shown = row.get("balloon_bundle_id") == _LINK_PREVIEW
    return shown and len(words.split()) == 1


def _is_preview(file: Attached) -> bool:
    return (file.name or "").lower().endswith(PREVIEW_ENDING)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def base_name(path: object) -> str | None:
    """The name of an attachment's file, without the folders of the device."""
    return PurePosixPath(path).name if isinstance(path, str) and path else None
