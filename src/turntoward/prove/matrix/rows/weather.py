"""Rows of the weather."""

from turntoward.prove.matrix.row import for_other, of_one, own

ROWS = (
    own("tap", "POST", "/weather/", form={"warmth": "2"}),
    own("lately", "GET", "/weather/lately/"),
    of_one("undo", "POST", "/weather/{weather}/undo/", form={"warmth": "4"}),
    of_one(
        "words", "GET POST", "/weather/{weather}/words/", form={"words": "a walk", "share": "1"}
    ),
    of_one("let-go", "POST", "/weather/{weather}/let-go/"),
    of_one("take-back", "POST", "/weather/{weather}/take-back/"),
    for_other("put-away", "POST", "/weather/{weather}/put-away/"),
)
