-- old schema, dates in seconds
INSERT INTO handle VALUES (1, 'cleo@example.org', 'iMessage');
INSERT INTO chat VALUES (1, 'iMessage;-;cleo@example.org', 45, 'cleo@example.org', NULL);
INSERT INTO attachment VALUES (1, '~/Library/SMS/Attachments/aa/note.m4a', 'audio/amr');
INSERT INTO message_attachment_join VALUES (2, 1);
INSERT INTO message VALUES
  (1, 'o1', 'hello', 1, 'iMessage', 418000000, 0, 0),
  (2, 'o2', char(65532), 0, 'iMessage', 418000060, 1, 1);
INSERT INTO chat_message_join VALUES (1, 1), (1, 2);
