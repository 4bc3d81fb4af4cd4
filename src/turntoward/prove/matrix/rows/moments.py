"""Rows of Today."""

from turntoward.prove.matrix.row import of_one, own

ROWS = (
    own("today", "GET", "/today/"),
    own("another", "POST", "/today/another/"),
    of_one("answer", "POST", "/today/{offer}/", form={"answer": "done"}),
    of_one("smaller", "POST", "/today/{offer}/smaller/"),
)
