"""WhatsApp's database of Android, as far as WhatsApp Chat Exporter asks it; rows are invented."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_SCHEMA = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, type INTEGER, raw_string TEXT);
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER, sort_id INTEGER);
CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, hidden INTEGER, subject TEXT);
CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT,
  sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, timestamp INTEGER,
  received_timestamp INTEGER, message_type INTEGER, text_data TEXT);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, key_id TEXT, text_data TEXT);
CREATE TABLE message_location (message_row_id INTEGER, latitude REAL, longitude REAL);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER,
  file_path TEXT, message_url TEXT, mime_type TEXT, media_key BLOB, file_hash TEXT);
CREATE TABLE message_thumbnail (message_row_id INTEGER, thumbnail BLOB);
CREATE TABLE message_future (message_row_id INTEGER, version INTEGER);
CREATE TABLE message_system (message_row_id INTEGER, action_type INTEGER);
CREATE TABLE message_system_group (message_row_id INTEGER, is_me_joined INTEGER);
CREATE TABLE message_system_number_change (message_row_id INTEGER, old_jid_row_id INTEGER,
  new_jid_row_id INTEGER);
CREATE TABLE missed_call_logs (message_row_id INTEGER, video_call INTEGER);
CREATE TABLE receipt_user (message_row_id INTEGER, receipt_timestamp INTEGER,
  read_timestamp INTEGER, played_timestamp INTEGER);
CREATE TABLE media_hash_thumbnail (media_hash TEXT, thumbnail BLOB);
CREATE TABLE message_vcard (message_row_id INTEGER, vcard TEXT);
CREATE TABLE call_log (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, from_me INTEGER, call_id TEXT,
  timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER,
  bytes_transferred INTEGER);
CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER,
  sender_jid_row_id INTEGER, parent_message_row_id INTEGER);
CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER, reaction TEXT,
  sender_timestamp INTEGER);
"""
_ROWS = """
INSERT INTO jid VALUES (1, '15550001', 's.whatsapp.net', 0, '15550001@s.whatsapp.net'),
  (2, '77', 'g.us', 1, '77@g.us');
INSERT INTO chat VALUES (1, 1, 0, NULL), (2, 2, 0, 'Climbing');
INSERT INTO message VALUES
  (1, -1, 0, '-1', NULL, -1, 0, 0, 0, -1, NULL),
  (2, 1, 0, 'K2', 0, 0, 0, 1718306715000, 0, 0, 'two' || char(10) || 'lines <br> typed'),
  (3, 1, 1, 'K3', 0, 13, 0, 1718306775500, 0, 0, 'an answer'),
  (4, 1, 0, 'K4', 0, 0, 0, 1718306835000, 0, 1, 'a picture'),
  (5, 1, 0, 'K5', 0, 0, 0, 1718306895000, 0, 3, 'a film'),
  (6, 1, 1, 'K6', 0, 5, 0, 1718306955000, 0, 15, NULL),
  (7, 1, 0, 'K7', 0, 6, 0, 1718307015000, 0, 7, NULL),
  (8, 1, 0, 'K8', 0, 0, 0, 1718307075000, 0, 5, NULL),
  (9, 2, 0, 'K9', 1, 0, 0, 1718307135000, 0, 0, 'rope is packed'),
  (10, 9, 0, 'K10', 0, 0, 0, 1718307195000, 0, 0, 'of a chat that is gone');
INSERT INTO message_quoted VALUES (3, 'K2', 'two');
INSERT INTO message_media VALUES (4, 1, 'Media/IMG-1.jpg', NULL, 'image/jpeg', NULL, NULL),
  (5, 1, 'Media/VID-1.mp4', NULL, 'video/mp4', NULL, NULL);
INSERT INTO message_location VALUES (8, 1.5, 2.5);
INSERT INTO message_system VALUES (7, 18);
INSERT INTO call_log VALUES (1, 1, 1, 'C1', 1718307255000, 1, 125, 5, 2048),
  (2, 1, 0, 'C2', 1718307315000, 0, 0, 2, 0);
INSERT INTO message_add_on VALUES (1, 1, 0, 1, 3), (2, 1, 1, NULL, 2);
INSERT INTO message_add_on_reaction VALUES (1, '❤️', 1718306780000), (2, '😂', 1718306790000);
"""


def build_android(path: Path, *more: str) -> Path:
    """`msgstore.db` of a chat with Ben and a group; `more` statements are run afterwards."""
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript(_SCHEMA)
    base.executescript(_ROWS)
    for statement in more:
        base.execute(statement)
    base.close()
    return path


def build_contacts(path: Path) -> Path:
    """`wa.db`, which knows Ben's name."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute(
        "CREATE TABLE wa_contacts (jid TEXT, display_name TEXT, wa_name TEXT, status TEXT)"
    )
    base.execute("INSERT INTO wa_contacts VALUES ('15550001@s.whatsapp.net', 'Ben', NULL, NULL)")
    base.close()
    return path
