"""Databases of Messages, made from the rows in `imessage/*.sql`; nothing binary is kept.

`body('...')` in such a file is an `attributedBody`, `changes('...')` a `message_summary_info`.
"""

from __future__ import annotations

import json
import plistlib
import sqlite3
from pathlib import Path

MODERN = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL,
  country TEXT, service TEXT NOT NULL, uncanonicalized_id TEXT, person_centric_id TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
  style INTEGER, chat_identifier TEXT, service_name TEXT, display_name TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER,
  PRIMARY KEY (chat_id, message_id));
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER,
  delete_date INTEGER, ck_sync_state INTEGER, PRIMARY KEY (chat_id, message_id));
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, filename TEXT,
  uti TEXT, mime_type TEXT, transfer_name TEXT, is_sticker INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER,
  UNIQUE(message_id, attachment_id));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
  text TEXT, subject TEXT, attributedBody BLOB, handle_id INTEGER DEFAULT 0, service TEXT,
  date INTEGER, is_from_me INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0,
  cache_has_attachments INTEGER DEFAULT 0, is_audio_message INTEGER DEFAULT 0,
  item_type INTEGER DEFAULT 0, group_action_type INTEGER DEFAULT 0,
  associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,
  associated_message_emoji TEXT, balloon_bundle_id TEXT, expressive_send_style_id TEXT,
  message_summary_info BLOB, reply_to_guid TEXT, thread_originator_guid TEXT,
  date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0,
  schedule_type INTEGER DEFAULT 0, schedule_state INTEGER DEFAULT 0);
CREATE INDEX message_idx_date ON message(date);
CREATE TRIGGER after_delete_on_chat AFTER DELETE ON chat
  BEGIN DELETE FROM chat_message_join WHERE chat_id = OLD.ROWID; END;
"""
#: Before iOS 11: no edits, replies, effects or bodies, and dates in seconds.
OLD = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, style INTEGER,
  chat_identifier TEXT, display_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, filename TEXT, mime_type TEXT);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT,
  handle_id INTEGER, service TEXT, date INTEGER, is_from_me INTEGER,
  cache_has_attachments INTEGER);
"""


def build(path: Path, rows: str, schema: str = MODERN) -> Path:
    """A database with these rows, as Messages would leave it after being quit."""
    with sqlite3.connect(path) as base:
        _offer(base)
        base.executescript(schema)
        base.executescript(rows)
    base.close()
    return path


def build_sample(sample: Path, folder: Path) -> Path:
    """The database of one `.sql` file; its first line may name the old schema, or none."""
    rows = sample.read_text(encoding="utf-8")
    old, bare = rows.startswith("-- old"), rows.startswith("-- bare")
    place = folder / sample.stem / ("sms.db" if old else "chat.db")
    place.parent.mkdir(exist_ok=True)
    return build(place, rows, OLD if old else "" if bare else MODERN)


def _offer(base: sqlite3.Connection) -> None:
    base.create_function("body", 1, body)
    base.create_function("changes", 1, lambda told: plistlib.dumps(
        json.loads(told), fmt=plistlib.FMT_BINARY))  # fmt: skip


def body(text: str, *, mutable: bool = False, extra: bytes = b"") -> bytes:
    """An archived attributed string with one run, written as macOS writes it."""
    words = text.encode()
    string = _new(b"NSMutableString", b"\x01", _new(b"NSString", b"\x01")) if mutable else _new(
        b"NSString", b"\x01")  # fmt: skip
    attributed = _new(b"NSAttributedString", b"\x00")
    if mutable:
        attributed = _new(b"NSMutableAttributedString", b"\x00", attributed)
    # The class NSObject has the number after those that were written before it.
    root = 1 + (2 if mutable else 1)
    head = b"\x04\x0bstreamtyped" + _length(1000) + b"\x84\x01@"
    whole = head + b"\x84" + attributed + _new(b"NSObject", b"\x00") + b"\x85"
    whole += b"\x92" + b"\x84" + string + bytes([0x92 + root]) + b"\x84\x01+"
    whole += _length(len(words)) + words + b"\x86"
    return whole + b"\x84\x02iI\x01" + _length(len(text)) + extra + b"\x86"


def _new(name: bytes, version: bytes, after: bytes = b"") -> bytes:
    return b"\x84\x84" + _length(len(name)) + name + version + after


def _length(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    if number < 0x10000:
        return b"\x81" + number.to_bytes(2, "little")
    return b"\x82" + number.to_bytes(4, "little")
