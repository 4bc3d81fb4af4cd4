"""Rows of ways to enter."""

from turntoward.prove.matrix.row import anybody, of_one, own

ROWS = (
    anybody("enter", "POST", "/enter/passkey/"),
    own("again", "POST", "/yours/again/passkey/?to=take"),
    own("ways", "GET", "/yours/ways/", fresh=True),
    own("add", "POST", "/yours/ways/passkeys/", fresh=True),
    own("code", "GET POST", "/yours/ways/code/", fresh=True),
    of_one("passkey", "POST", "/yours/ways/passkeys/{passkey}/", fresh=True, form={"name": "Mine"}),
)
