"""Rows of what is one's own."""

from turntoward.prove.matrix.row import anybody, of_one, own

ROWS = (
    anybody("gone", "GET", "/yours/gone/"),
    own("yours", "GET", "/yours/"),
    own("again", "GET POST", "/yours/again/?to=take", form={"passphrase": "not the passphrase"}),
    own("open", "GET POST", "/yours/open/?to=/topics/", form={"passphrase": "not the passphrase"}),
    own("take", "GET POST", "/yours/take/", fresh=True),
    own("kept", "GET", "/yours/kept/"),
    own("erase", "GET POST", "/yours/erase/", fresh=True),
    own("leave", "GET POST", "/yours/leave/", fresh=True),
    own("devices", "GET", "/yours/devices/", fresh=True),
    own("sign-out-others", "POST", "/yours/devices/others/", fresh=True),
    own("passphrase", "GET POST", "/yours/passphrase/"),
    own("recovery", "GET POST", "/yours/recovery/", form={"passphrase": "not the passphrase"}),
    anybody("forgotten", "GET POST", "/forgotten/", form={"handle": "ana", "code": "x"}),
    of_one("device", "POST", "/yours/devices/{device}/", fresh=True, form={"what": "me"}),
    of_one("told", "POST", "/yours/told/{told}/"),
    of_one("let-go", "POST", "/yours/kept/{keepsake}/let-go/"),
)
