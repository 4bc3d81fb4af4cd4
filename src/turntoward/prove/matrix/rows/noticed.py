"""Rows of bids: noticed, kept, and answered late."""

from turntoward.prove.matrix.row import Who, alike, of_one, own

ROWS = (
    own("notice", "GET POST", "/noticed/", form={"sort": "shared", "words": "the sky"}),
    own("passed", "GET POST", "/noticed/passed/", form={"whose": "mine", "words": "the sky"}),
    # What is gone may be tapped from a page of before: what is not theirs is answered alike.
    alike("kept", "POST", "/noticed/passed/{kept}/", form={"what": "delete"}),
    alike("received", "POST", "/noticed/{given}/received/", form={"what": "away"}, of=Who.OTHER),
    alike("take-back", "POST", "/noticed/{given}/take-back/"),
    of_one("answer-now", "POST", "/noticed/late/{quoted}/", form={"words": "that sky"}),
    of_one("in-person", "POST", "/noticed/late/{quoted}/in-person/"),
)
