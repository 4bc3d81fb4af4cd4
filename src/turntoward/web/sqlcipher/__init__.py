"""SQLite whose file is encrypted as a whole (SQLCipher): pages, log, and what lies between them.

Its key is derived from the application key, which lies outside the data folder: a copied data
folder shows neither a row nor a table. `base` is the backend that the settings name, `file` opens
such a file without Django, and `rewriting` turns a plain one into an encrypted one and back.
"""
