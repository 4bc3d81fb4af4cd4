"""Rows of the app on the phone."""

from turntoward.prove.matrix.row import anybody, own

ROWS = (
    anybody("manifest", "GET", "/manifest.webmanifest"),
    anybody("worker", "GET", "/sw.js"),
    anybody("offline", "GET", "/offline/"),
    anybody("https", "GET", "/https/"),
    anybody("certificate", "GET", "/https/turntoward.crt"),
    own("phone", "GET POST", "/phone/"),
    own("token", "GET", "/phone/token/"),
)
