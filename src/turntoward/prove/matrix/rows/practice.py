"""Rows of the practice: its addresses exist only where a practice hosts the companion."""

from turntoward.prove.matrix.row import admin, anybody, demo, of_both, of_one, request, staff

ROWS = (
    anybody("practice", "GET", "/practice/"),
    anybody(
        "enter", "GET POST", "/practice/enter/", form={"handle": "iris", "passphrase": "not this"}
    ),
    anybody("start", "GET POST", "/practice/start/{start}/"),
    anybody("join", "GET POST", "/practice/join/{colleague-link}/"),
    demo("look-around", "/practice/look-around/"),
    of_both("ask", "GET POST", "/consult/ask/{unsent-brief}/"),
    of_one("ask", "GET POST", "/consult/ask/{own-consult-brief}/"),
    of_both("consult", "GET", "/consult/{consult}/"),
    of_both("consult", "GET", "/consult/{unsent}/"),
    of_one("consult", "GET", "/consult/{own-consult}/"),
    of_both("answer", "POST", "/consult/{unsent}/answer/"),
    of_one("answer", "POST", "/consult/{own-consult}/answer/"),
    of_both("move", "POST", "/consult/{consult}/move/", form={"what": "take-back"}),
    of_one("move", "POST", "/consult/{own-consult}/move/", form={"what": "take-back"}),
    of_both("ics", "GET", "/consult/{consult}/consult.ics"),
    staff("leave", "POST", "/practice/leave/"),
    staff("people", "GET", "/practice/people/"),
    admin("people", "POST", "/practice/people/", form={"admin": "yes"}),
    staff("passphrase", "GET POST", "/practice/passphrase/"),
    staff("requests", "GET", "/practice/requests/"),
    admin("page", "GET POST", "/practice/page/"),
    admin("remove", "POST", "/practice/people/{colleague}/remove/"),
    request("request", "GET", "/practice/requests/{consult}/"),
    request(
        "propose",
        "POST",
        "/practice/requests/{consult}/times/",
        form={"start": "2030-01-01T10:00", "minutes": "50"},
    ),
    request("take-time-back", "POST", "/practice/requests/{consult}/times/{time}/back/"),
    request(
        "decline", "POST", "/practice/requests/{consult}/decline/", form={"words": "We are full."}
    ),
    request("document", "POST", "/practice/requests/{consult}/pdf/"),
    request("document", "POST", "/practice/requests/{consult}/json/"),
    request("request-ics", "GET", "/practice/requests/{consult}/consult.ics"),
)
