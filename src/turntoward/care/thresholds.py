"""Every threshold of the signs, each with its reason. What they cost stands in docs/care.md.

They were set on invented couples (benchmarks/care.py, on other seeds than those reported), so that
looking every week raises each sign in at most one of twenty quiet couple-years, and finds most of
what was planted within a quarter. A false alarm tells two people that something is wrong with them;
a late one waits some weeks longer, while the rest of the companion is there. They are judgement and
no norm of couples: each sign compares with the two's own past, or with both sides of them.
"""

from __future__ import annotations

from datetime import timedelta

#: Of every interval, as everywhere in Turntoward.
LEVEL = 0.8

# One-sided efforts

#: The article gives no time. A cold, a deadline, a visit last a week or two; six full weeks outlast
#: them, and are short enough that something can still be said in time.
ONE_SIDED_WEEKS = 6
#: One of the six may hold no effort at all: a week away says nothing for or against.
ONE_SIDED_EMPTY = 1
#: An effort counts once a day and side: three words of noticing in one evening are one evening.
#: Twelve such days are two a week. With fewer, chance alone often puts all on one side.
ONE_SIDED_LEAST = 12
#: The lower end of the interval must lie above this: four of five. Most couples lean to a side, and
#: leaning is no sign. At three of four, one of eleven quiet couples was told so within a year.
ONE_SIDED_SHARE = 0.8
#: In each half of the six weeks the same side began at least this share, so that one very lopsided
#: fortnight does not speak for six weeks. It also says how far back "since" reaches.
ONE_SIDED_HALF = 2 / 3

# Tension

#: Check-ins older than eight weeks say how it was, not how it is.
TENSION_RECENT = timedelta(weeks=8)
#: With fewer the interval of a share reaches over most of what is possible.
TENSION_LEAST = 6
#: Foggy or stormy afterwards. 1 is stormy, 5 is warm.
TENSE = 2
#: The lower end of the share of tense check-ins. Two hard evenings in ten are ordinary life.
TENSION_SHARE = 0.45
#: In so many different weeks: a bad fortnight is a bad fortnight.
TENSION_SPREAD = 4
#: In the messages: the last twelve weeks against the two's own year before, with all its seasons.
MET_WEEKS = 12
MET_BEFORE = 52
#: Earlier weeks with answered bids that a comparison needs, and answered bids in either stretch.
MET_BEFORE_LEAST = 12
MET_LEAST = 40
#: Half of the answers called tense are only blunt or teasing (rhythms/softness.py), so a dozen is
#: half a dozen.
MET_AGAINST_LEAST = 12
#: One quarrel fills a week; so many of the twelve weeks have to lie above what is usual.
MET_AGAINST_WEEKS = 8
#: The lower end of how much larger the share of tense answers is than before, and how many times
#: as large it is. Below that, the moods of a season explain it.
MET_MORE = 0.05
MET_TIMES = 2.5

# Bids that stopped

#: Bids are at most this share of what they were, and the upper end of the interval of the change
#: that the reading found lies below the second. "Stop making them" is not "a little fewer".
BIDS_LEFT = 0.6
BIDS_LEFT_HIGH = 0.8
#: The last so many weeks of the messages still are at most that: else it has come back since.
BIDS_RECENT_WEEKS = 8

# A climate that keeps cooling

#: Two months of practice. With less, small shifts had no time to do anything.
COOLING_WEEKS = 8
#: Practised on two days is a week of practice; one of the eight may have been missed.
COOLING_DAYS = 2
COOLING_PRACTISED = 7
#: Weeks with at least two skies have a mean that one bad day does not make; six of them a trend.
COOLING_SKIES = 2
COOLING_TOLD = 6
#: How far it fell over the eight weeks, in steps of weather: the likeliest, and the end of the
#: interval nearest to no fall at all. A step is bright to mild.
COOLING_FALL = 1.0
COOLING_SURE = 0.5
#: Where it went: below mild (3) in the mean of the last four weeks. Warm to bright is no trouble.
COOLING_TO = 2.8
COOLING_LATELY = 4
#: And so far below one's own usual sky of the half year before, where that is known: a fine month
#: that ends is a fall, too, and no sign. Where it is not known, where it went has to do.
COOLING_USUAL = 26
COOLING_BELOW = 1.0
COOLING_UNKNOWN = 3.5
#: It has to be so at the end of two weeks in a row: one hard week at the end bends a trend.
COOLING_HELD = 2

# Stuck rounds

#: The last twelve weeks of the messages; and a sign only where it came back in so many of them,
#: because "familiar" is what comes again. Everybody presses once.
STUCK_WEEKS = 12
#: Weeks with conversations of both among those twelve.
STUCK_LEAST = 8
#: The lower end of the share of these weeks in which at least one round was stuck: half of them.
#: In the invented chats of the demo, in which nothing is planted, it is one week in fifty.
STUCK_SHARE = 0.3

#: What the messages say of today: older than a quarter, and it may have changed since.
FRESH = timedelta(days=91)
