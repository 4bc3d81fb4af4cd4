"""Rows of the parked topics."""

from turntoward.prove.matrix.row import of_both, of_one, own

ROWS = (
    own("topics", "GET POST", "/topics/", form={"words": "money"}),
    own("hearing", "POST", "/topics/hearing/", form={"hear": "yes"}),
    of_one("ready", "GET POST", "/topics/{topic}/ready/", form={"words": "money"}),
    of_one("ready", "GET POST", "/topics/{topic-ready}/ready/", form={"words": "money"}),
    of_one("move", "POST", "/topics/{topic}/move/", form={"what": "let-go"}),
    of_one("move", "POST", "/topics/{topic-ready}/move/", form={"what": "rest"}),
    of_both("move", "POST", "/topics/{topic-open}/move/", form={"what": "talked"}),
)
