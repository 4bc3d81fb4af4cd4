"""Rows of the readings app."""

from turntoward.prove.matrix.row import of_both, of_one, own

ROWS = (
    own("bring-in", "GET POST", "/bring-in/"),
    own("settings", "POST", "/bring-in/settings/", form={"gap": "3", "window": "12"}),
    own("agree", "GET POST", "/agree/"),
    own("rhythm", "GET", "/rhythm/"),
    own("bids", "GET", "/rhythm/bids/"),
    of_both("bringing", "GET", "/bring-in/{bringing}/"),
    of_both("bringing", "GET", "/bring-in/{asking}/"),
    of_both("progress", "GET", "/bring-in/{bringing}/progress/"),
    of_both("progress", "GET", "/bring-in/{asking}/progress/"),
    of_one("answer", "GET POST", "/bring-in/{asking}/answer/", form={"chat": "0"}),
    of_one("again", "POST", "/bring-in/{asking}/again/"),
    of_both("remove", "POST", "/bring-in/{bringing}/remove/"),
    of_both("correct", "POST", "/rhythm/bids/{quote}/", form={"kind": "share", "stance": "away"}),
    of_both("undo", "POST", "/rhythm/bids/{quote}/undo/"),
)
