"""Rows of the ten minutes."""

from turntoward.prove.matrix.row import of_both, of_one, own

ROWS = (
    own("together", "GET", "/together/"),
    own("now", "GET", "/together/now/"),
    own("begin", "POST", "/together/begin/"),
    own("stream", "GET", "/together/stream/"),
    of_both("move", "POST", "/together/{sitting}/move/", form={"what": "stop"}),
    of_both(
        "prompt",
        "POST",
        "/together/{sitting}/prompt/",
        form={"what": "another", "stage": "first-speaks"},
    ),
    of_both("afterwards", "GET POST", "/together/{sitting}/afterwards/", form={"warmth": "2"}),
    of_both("felt", "POST", "/together/{sitting}/felt/", form={"warmth": "2"}),
    of_both("take-back", "POST", "/together/{sitting}/take-back/"),
    of_one("own-words", "GET", "/together/words/{feeling}/"),
)
