"""Rows of the page of small shifts that are not enough, and of its questionnaires."""

from turntoward.prove.matrix.row import of_one, own

ROWS = (
    own("enough", "GET", "/enough/"),
    own("not-now", "POST", "/enough/not-now/", form={"say": "not-now"}),
    own("questions", "GET", "/enough/questions/"),
    own("csi4", "GET POST", "/enough/questions/csi4/"),
    own("ios", "GET POST", "/enough/questions/ios/", form={"picture": "4"}),
    own("keep", "POST", "/enough/questions/keep/", form={"which": "ios", "picture": "4"}),
    of_one("move", "POST", "/enough/questions/{filled}/", form={"what": "remove"}),
)
