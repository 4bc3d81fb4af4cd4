"""What the three write in the month, by who may read it."""

from __future__ import annotations

from browser_steps import PASSPHRASE

#: Ana's alone.
IN_HER_DAY = "I was short with him at supper, and sad about it in bed."
HELD_BACK = "The loan from my sister, and that I never told him."
WITHOUT_NETWORK = "Long train home, thinking of the lake."
#: Ben's alone.
AFTER_SITTING = "I talked too long again; she was kind about it."
PASSED_BY = "The picture of the heron that she sent me at work."
#: Ana's until both were ready for it, then both read it.
TOPIC = "Christmas with your mother"
OPENING = {
    "What I feel": "Worn thin, and a little afraid of the day.",
    "About what": "Last year we left before the pudding.",
    "What I would like": "An hour alone with you on that evening.",
}
#: For both at once.
GIVEN = "Thank you for the soup that stood there warm."
NOTICED = "You warmed my side of the bed."
SEASON = "The merger at the clinic"
#: Cleo's alone.
CLEO_PARKED = "Whether we move to the coast."

ALONE = {
    "ana": (IN_HER_DAY, HELD_BACK, WITHOUT_NETWORK),
    "ben": (AFTER_SITTING, PASSED_BY),
    "cleo": (CLEO_PARKED,),
}
BOTH = (TOPIC, *OPENING.values(), GIVEN, NOTICED, SEASON)
NOBODYS = (PASSPHRASE,)
