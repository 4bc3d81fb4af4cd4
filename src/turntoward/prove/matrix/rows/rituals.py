"""Rows of the rituals and their reminders."""

from turntoward.prove.matrix.row import anybody, of_both, own

ROWS = (
    anybody("feed", "GET HEAD", "/calendar/{feed}.ics", shows=("ana:ritual",)),
    own("rituals", "GET", "/rituals/"),
    own("switch", "POST", "/rituals/switch/", form={"ritual": "hello", "on": "1"}),
    own(
        "change",
        "GET POST",
        "/rituals/change/?ritual=hello",
        form={"ritual": "hello", "days": "1", "at": "07:30"},
    ),
    own("undo", "POST", "/rituals/undo/", form={"ritual": "own", "turn": "1"}),
    own("reminders", "GET POST", "/reminders/"),
    own("move", "POST", "/reminders/move/", form={"what": "pause"}),
    own("calendar-link", "POST", "/reminders/calendar/"),
    own("calendar-file", "GET", "/reminders/calendar.ics"),
    own("mail", "POST", "/reminders/mail/", form={"what": "off"}),
    own("push", "POST", "/push/"),
    own("push-off", "POST", "/push/off/"),
    of_both("kept", "POST", "/rituals/{ritual}/kept/"),
    of_both("aside", "POST", "/rituals/{ritual}/aside/"),
)
