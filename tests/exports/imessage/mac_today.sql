INSERT INTO handle (ROWID, id, service, person_centric_id) VALUES
  (1, '+15550001', 'iMessage', 'p-ben'), (2, '+15550001', 'SMS', 'p-ben'),
  (3, 'ben@example.org', 'iMessage', 'p-ben'), (4, '+15550002', 'iMessage', NULL);
INSERT INTO chat (ROWID, guid, style, chat_identifier, display_name) VALUES
  (1, 'iMessage;-;+15550001', 45, '+15550001', ''),
  (2, 'SMS;-;+15550001', 45, '+15550001', ''),
  (3, 'iMessage;+;chat77', 43, 'chat77', 'Climbing');
INSERT INTO chat_handle_join VALUES (1, 1), (2, 2), (3, 1), (3, 4);
-- Text in the column, text in the body only, both; 740000000 s after 2001 is 2024-06-13 19:33:20.
INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, service, date, is_from_me) VALUES
  (1, 'm1', 'Are you up?', NULL, 1, 'iMessage', 740000000000000000, 0),
  (2, 'm2', NULL, body('Yes 😀, for now'), 0, 'iMessage', 740000060500000000, 1),
  (3, 'm3', NULL, body('  as typed  '), 3, 'iMessage', 740000120000000000, 0),
  (4, 'm4', 'by text', NULL, 2, 'SMS', 740000180000000000, 0);
-- Edited; unsent; unsent in part; a reply; an effect; a subject line.
INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, service, date, is_from_me,
    date_edited, message_summary_info, thread_originator_guid, reply_to_guid, subject,
    expressive_send_style_id) VALUES
  (5, 'm5', NULL, body('See you at 8'), 0, 'iMessage', 740000240000000000, 1,
    740000250000000000, changes('{"ec": {"0": [{"d": 1}, {"d": 2}]}, "ust": true}'), NULL, 'm4', NULL, NULL),
  (6, 'm6', NULL, NULL, 1, 'iMessage', 740000300000000000, 0,
    740000310000000000, changes('{"rp": [0], "otr": {"0": {"lo": 0, "le": 4}}}'), NULL, 'm5', NULL, NULL),
  (7, 'm7', NULL, body('what is left'), 1, 'iMessage', 740000360000000000, 0,
    740000370000000000, changes('{"rp": [1]}'), NULL, NULL, NULL, NULL),
  (8, 'm8', 'to the first', NULL, 0, 'iMessage', 740000420000000000, 1,
    0, NULL, 'm1', 'm7', NULL, NULL),
  (9, 'm9', 'boom', NULL, 0, 'iMessage', 740000480000000000, 1,
    0, NULL, NULL, 'm8', 'Dinner', 'com.apple.MobileSMS.expressivesend.impact');
-- A picture with a caption, a voice message, a lost file, a link with its preview, a sticker.
INSERT INTO attachment (ROWID, filename, mime_type, uti, transfer_name, is_sticker) VALUES
  (1, '~/Library/Messages/Attachments/0a/IMG_1.HEIC', 'image/heic', 'public.heic', 'IMG_1.HEIC', 0),
  (2, '~/Library/Messages/Attachments/0b/Audio Message.caf', NULL, 'com.apple.coreaudio-format', 'Audio Message.caf', 0),
  (3, '~/Library/Messages/Attachments/0c/a.pluginPayloadAttachment', NULL, 'dyn.abc', 'a.pluginPayloadAttachment', 0),
  (4, '~/Library/Messages/Attachments/0d/cat.png', 'image/png', 'public.png', 'cat.png', 1),
  (5, '~/Library/Messages/Attachments/0e/IMG_2.MOV', 'video/quicktime', NULL, 'IMG_2.MOV', 0);
INSERT INTO message_attachment_join VALUES (10, 1), (10, 5), (11, 2), (13, 3), (14, 4);
INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, service, date, is_from_me,
    cache_has_attachments, is_audio_message, balloon_bundle_id) VALUES
  (10, 'm10', NULL, body(char(65532) || char(65532) || 'look!'), 1, 'iMessage', 740000540000000000, 0, 1, 0, NULL),
  (11, 'm11', char(65532), NULL, 1, 'iMessage', 740000600000000000, 0, 1, 1, NULL),
  (12, 'm12', char(65532), NULL, 1, 'iMessage', 740000660000000000, 0, 1, 0, NULL),
  (13, 'm13', 'https://example.org/a', NULL, 0, 'iMessage', 740000720000000000, 1, 1, 0,
    'com.apple.messages.URLBalloonProvider'),
  (14, 'm14', char(65532), NULL, 0, 'iMessage', 740000780000000000, 1, 1, 0, NULL),
  (15, 'm15', 'pasted ' || char(65532), NULL, 0, 'iMessage', 740000840000000000, 1, 0, 0, NULL),
  (16, 'm16', char(65533), NULL, 1, 'iMessage', 740000900000000000, 0, 0, 0,
    'com.apple.messages.MSMessageExtensionBalloonPlugin:0000:com.example.chess');
-- Reactions: one replaced, one taken back, one of its own emoji, one to nothing that is known.
INSERT INTO message (ROWID, guid, text, handle_id, service, date, is_from_me,
    associated_message_guid, associated_message_type, associated_message_emoji) VALUES
  (17, 'm17', 'Liked “Yes”', 1, 'iMessage', 740000960000000000, 0, 'p:0/m2', 2001, NULL),
  (18, 'm18', 'Loved “Yes”', 1, 'iMessage', 740000961000000000, 0, 'p:0/m2', 2000, NULL),
  (19, 'm19', 'Laughed', 0, 'iMessage', 740000962000000000, 1, 'bp:m13', 2003, NULL),
  (20, 'm20', 'Removed', 0, 'iMessage', 740000963000000000, 1, 'bp:m13', 3003, NULL),
  (21, 'm21', 'Reacted 🌵', 0, 'iMessage', 740000964000000000, 1, 'm1', 2006, '🌵'),
  (22, 'm22', 'Questioned', 0, 'iMessage', 740000965000000000, 1, 'p:1/m10', 2005, NULL);
-- Not yet sent; thrown away; in no chat; with a body that is damaged; empty; without a date.
INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, service, date, is_from_me,
    is_sent, schedule_type) VALUES
  (23, 'm23', 'later', NULL, 0, 'iMessage', 740090000000000000, 1, 0, 2),
  (24, 'm24', 'forget this', NULL, 0, 'iMessage', 740001080000000000, 1, 1, 0),
  (25, 'm25', 'stray', NULL, 1, 'iMessage', 740001140000000000, 0, 1, 0),
  (26, 'm26', NULL, x'040b73747265616d7479706564', 1, 'iMessage', 740001200000000000, 0, 1, 0),
  (27, 'm27', NULL, NULL, 1, 'iMessage', 740001260000000000, 0, 1, 0),
  (28, 'm28', 'when?', NULL, 1, 'iMessage', 0, 0, 1, 0);
-- The group: somebody joins, somebody writes.
INSERT INTO message (ROWID, guid, text, handle_id, service, date, is_from_me, item_type) VALUES
  (29, 'm29', NULL, 1, 'iMessage', 740002000000000000, 0, 1),
  (30, 'm30', 'rope is packed', 4, 'iMessage', 740002060000000000, 0, 0);
INSERT INTO chat_message_join (chat_id, message_id)
  SELECT CASE WHEN ROWID > 28 THEN 3 WHEN service = 'SMS' THEN 2 ELSE 1 END, ROWID
  FROM message WHERE ROWID NOT IN (24, 25);
INSERT INTO chat_recoverable_message_join (chat_id, message_id) VALUES (1, 24);
