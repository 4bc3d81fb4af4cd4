"""Rows of the couples app."""

from turntoward.prove.matrix.row import Who, alike, anybody, demo, of_both, own

ROWS = (
    anybody("welcome", "GET", "/"),
    anybody("welcome-first", "GET", "/welcome/{start}/"),
    anybody("start-open", "GET POST", "/start/"),
    anybody("start", "GET POST", "/start/{start}/"),
    anybody("visit", "GET POST", "/look-around/"),
    anybody(
        "enter", "GET POST", "/enter/", form={"handle": "ana", "passphrase": "not the passphrase"}
    ),
    anybody("join", "GET POST", "/join/{join}/", shows=("dora:name",)),
    demo("look-around", "/look-around/0/"),
    own("leave", "POST", "/leave/"),
    own("pair", "GET POST", "/pair/"),
    own("paired", "GET", "/pair/here/"),
    own("more", "GET", "/more/"),
    own("consents", "GET POST", "/yes/", form={"weather": "back"}),
    own("language", "GET POST", "/language/", form={"language": "de"}),
    own("seasons", "GET POST", "/seasons/", form={"name": "A move", "start": "2020-01-01"}),
    own("undo-season", "POST", "/seasons/undo/"),
    of_both("season", "GET", "/seasons/{season}/"),
    # What the other took off meanwhile is told of, with what was typed: as what never was.
    alike(
        "season",
        "POST",
        "/seasons/{season}/",
        form={"name": "A move", "start": "2020-01-01"},
        of=Who.BOTH,
    ),
    alike("remove-season", "POST", "/seasons/{season}/remove/", of=Who.BOTH),
)
