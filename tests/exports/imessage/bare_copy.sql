-- bare: tables as tools copy them, without types, styles, handles of messages or targets
CREATE TABLE chat (ROWID, guid, chat_identifier, display_name);
CREATE TABLE handle (ROWID, id);
CREATE TABLE chat_handle_join (chat_id, handle_id);
CREATE TABLE chat_message_join (chat_id, message_id);
CREATE TABLE message (ROWID, text, attributedBody, date, is_from_me, handle_id,
  associated_message_type);
INSERT INTO handle VALUES ('h1', '+15550001'), ('h2', '+15550002');
INSERT INTO chat VALUES ('c1', NULL, '+15550001', ''), ('c2', 'iMessage;+;chat7', 'chat7', ''),
  ('c3', NULL, NULL, NULL);
INSERT INTO chat_handle_join VALUES ('c2', 'h1'), ('c2', 'h2'), ('c3', 'h1'), ('c3', 'h2');
INSERT INTO message VALUES
  ('m1', 'are you there?', '', 740000000000000000, 0, NULL, 0),
  ('m2', 'yes', '', 740000060000000000, 1, NULL, 0),
  ('m3', 'Liked “yes”', '', 740000120000000000, 0, NULL, 2001),
  ('m4', 'to all', '', 740000180000000000, 0, 'h2', 0),
  ('m5', 'to both', '', 740000240000000000, 0, 'h2', 0);
INSERT INTO chat_message_join VALUES ('c1', 'm1'), ('c1', 'm2'), ('c1', 'm3'), ('c2', 'm4'),
  ('c3', 'm5');
