"""Rows of the brief: of both, with lines that are given or not, and one's own."""

from turntoward.prove.matrix.row import of_both, of_one, own

ROWS = (
    own("handover", "GET", "/brief/"),
    own("begin", "POST", "/brief/begin/", form={"whose": "own"}),
    of_both("brief", "GET", "/brief/{brief}/"),
    of_one("brief", "GET", "/brief/{own-brief}/"),
    of_both("brief", "GET", "/brief/{frozen}/"),
    of_one("brief", "GET", "/brief/{own-frozen}/"),
    of_both("add", "POST", "/brief/{brief}/add/", form={"words": "one more"}),
    of_one("add", "POST", "/brief/{own-brief}/add/", form={"words": "one more"}),
    of_both("read", "GET POST", "/brief/{brief}/read/"),
    of_one("read", "GET POST", "/brief/{own-brief}/read/"),
    of_both("withdraw", "POST", "/brief/{frozen}/withdraw/"),
    of_one("withdraw", "POST", "/brief/{own-frozen}/withdraw/"),
    of_both("appointment", "GET POST", "/brief/{frozen}/appointment/"),
    of_one("appointment", "GET POST", "/brief/{own-frozen}/appointment/"),
    of_both("file", "GET", "/brief/{frozen}/take/pdf/"),
    of_both("file", "GET", "/brief/{frozen}/take/json/"),
    of_both("file", "GET", "/brief/{frozen}/take/mail/"),
    of_one("file", "GET", "/brief/{own-frozen}/take/pdf/"),
    of_one("file", "GET", "/brief/{own-frozen}/take/json/"),
    of_one("file", "GET", "/brief/{own-frozen}/take/mail/"),
    of_both(
        "line",
        "GET POST",
        "/brief/lines/{line-given}/",
        form={"words": "otherwise", "version": "1"},
    ),
    of_one("line", "GET POST", "/brief/lines/{line}/", form={"words": "otherwise", "version": "1"}),
    of_one(
        "line", "GET POST", "/brief/lines/{own-line}/", form={"words": "otherwise", "version": "1"}
    ),
    of_both(
        "move", "POST", "/brief/lines/{line-given}/move/", form={"what": "out", "version": "1"}
    ),
    of_one("move", "POST", "/brief/lines/{line}/move/", form={"what": "delete", "version": "1"}),
    of_one(
        "move", "POST", "/brief/lines/{own-line}/move/", form={"what": "delete", "version": "1"}
    ),
)
