"""Rows of the trials."""

from turntoward.prove.matrix.row import of_both, of_one, own

ROWS = (
    own("trials", "GET POST", "/trials/", form={"pairs": "6"}),
    of_both("move", "POST", "/trials/{question}/move/", form={"what": "not-now"}),
    of_one("move", "POST", "/trials/{trial}/move/", form={"what": "stop"}),
)
