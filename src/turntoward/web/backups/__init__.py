"""Backups: one encrypted file that holds everything but the keys.

`taking` makes one while both may write, `reading` opens and checks one, `daily` keeps a few by
itself, and `keyfile` takes the keys along, apart. Bringing one back is `turntoward.web.restoring`.

A backup opens with the application key. What has to be gone once somebody erases is sealed, inside
it, under a key of the ring (`keyring`), and no key of the ring is in a backup: with it gone here it
is gone from every backup, wherever that lies.
"""
