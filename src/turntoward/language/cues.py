"""Cues that need no training to be seen: a question mark, a "you", a heart, a stretched word.

Each cue is one pattern over a `plain` line (see words.py) or one count. They carry what hashing
is slow to learn from few labels: whom a line speaks of, whether it asks, its length and tone.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from turntoward.language.words import EMOJI, EMOTICON

HEARTS: Final = "❤🧡💛💚💙💜🤎🖤🤍💕💞💓💗💖💘💝💟♥❣😍🥰😘😚😗😙🤗💋😻💑💏🫶🌹💐"
LAUGHS: Final = "😂🤣😆😹😝😜🤪😛😋😅😁🤭😏😈🙃😎😉💀"
TEARS: Final = "😢😭😞😔😟😥😰😨😣😖😩😫😿💔🥺😓😪🤒🤕🤧🤢🤮😷☹🙁"
ANGER: Final = "😠😡🤬👿😤🙄😒🖕💢😑🤨"
NODS: Final = "👍👌✅🙏👏💪🙌🤝☺😊🙂😌"

_YOU = r"\b(?:you|u|ya|ur|your|yours|yourself|you're|you'll|you've|you'd|ure|youre)\b"
_PET = (
    r"\b(?:babe|baby|babes|bae|hon|honey|hun|darling|darlin|sweetheart|sweetie|sweety|"
    r"sweetpea|dear|dearest|my love|beautiful|gorgeous|handsome|princess|cutie|angel|luv)\b"
)

#: Cue -> the pattern that shows it, over a plain (lower-case) line.
PATTERNS: Final[dict[str, str]] = {
    "asks": r"\?",
    "ends_asking": r"\?[\s)!.]*$",
    "asks_how_or_what": (
        r"(?:^|[.!?,] *|\b(?:so|and|hey|hi|babe|ok) )(?:how|what|why|wat|wot|hows|how's|what's|"
        r"whats|wats)\b"
    ),
    "asks_about_you": (
        r"\b(?:how (?:are|r|was|is|did|do|were|you|u|'s)|how's|hows|(?:are|r) (?:you|u) "
        r"(?:ok|okay|alright|feeling|doing|good|well|enjoying|happy|tired)|what (?:do|did|are|u|"
        r"you) .{0,12}(?:think|thinking|feel|dream|reading|doing|want)|"
        r"(?:and|n|wat about|what about|how about|hbu|wbu) (?:you|u|yours|urs)\s*\??$)"
    ),
    "asks_when_or_where": r"\b(?:when|where|what time|wat time|which|who|how (?:much|many|long))\b",
    "asks_can_you": r"\b(?:can|could|will|would|pls|please) (?:you|u|ya|pls|please)\b",
    "do_you": r"\b(?:do|did|have|are|is|r|was|were) (?:you|u|ya)\b",
    "exclaims": r"!",
    "trails_off": r"\.{2,}",
    "you": _YOU,
    "me": r"\b(?:i|i'm|im|i've|ive|i'll|i'd|me|my|mine|myself)\b",
    "we": r"\b(?:we|we're|we'll|us|our|ours|let's|lets|together)\b",
    "begins_lets": (
        r"^(?:let's|lets|shall we|want to|wanna|wana|fancy|how about|come (?:with|over|here|sit|"
        r"lie|join|n|and)|join me|why don't we|we should|we could)\b"
    ),
    "invites": (
        r"\b(?:wanna|wana|want to|fancy|shall we|let's|lets|join (?:me|us)|come (?:over|with|sit|"
        r"and|here)|how about|feel like|up for|why don't we|we could|we should|date night|"
        r"care to|would you like to)\b"
    ),
    "not": r"\b(?:not|no|never|nothing|none|nobody|nah|nope|cannot|cant|dont|wont|didnt)\b|n't\b",
    "please": r"\b(?:please|pls|plz|plss|pleas)\b",
    "thanks": r"\b(?:thank|thanks|thanx|thx|tnx|ty|appreciate|appreciated|grateful|cheers)\b",
    "sorry": (
        r"\b(?:sorry|sry|soz|apologi[sz]e|apologies|forgive|my fault|my bad|i was wrong|"
        r"start over|make it up|didn't mean|shouldn't have)\b"
    ),
    "hello": (
        r"^\W*(?:good ?(?:morning|mornin|evening|afternoon)|gd ?(?:mrng|morning|evening)|morning|"
        r"mornin|gm|hi+|hey+|hello+|hiya|heya|yo|evening|happy (?:birthday|anniversary|new))\b"
    ),
    "goodbye": (
        r"\b(?:good ?night|gud ?n(?:ite|yt|ight)|nite|night night|nighty|gn|sleep (?:well|tight|"
        r"good)|sweet dreams|bye+|goodbye|cya|ttyl|see you (?:soon|later|tonight|tomorrow)|"
        r"see ya|take care|have a (?:good|great|nice|lovely) (?:day|one|night))\b"
    ),
    "love": (
        r"\b(?:love (?:you|u|ya|him|her)|luv (?:u|you|ya)|ily|i love|miss(?:ing)? (?:you|u|ya)|"
        r"adore|cuddle|cuddles|hug|hugs|kiss|kisses|xoxo|mwah|muah|can't wait to see)\b"
    ),
    "compliment": (
        r"\b(?:proud of|beautiful|gorgeous|handsome|amazing|wonderful|lovely|the best|so sweet|"
        r"lucky to|well done|means a lot|good job|great job|perfect|cute|adorable)\b"
    ),
    "pet_name": _PET,
    "kisses": r"(?:^|\s)x+[!.]*$|\bxo(?:xo)*\b",
    "worn": (
        r"\b(?:tired|exhausted|stress\w*|overwhelm\w*|worried|worry|anxious|anxiety|scared|afraid|"
        r"sad|cry|cried|crying|lonely|alone|hurt|hurts|sick|ill|pain|headache|awful|terrible|"
        r"rough|panic\w*|depress\w*|nervous|upset|can't (?:cope|do this|sleep|breathe|take)|"
        r"miserable|struggling|horrible|hospital|died|fever|burn(?:ed|t) out|worst|hate my)\b"
    ),
    "feels": r"\b(?:feel|feels|feeling|felt|mood)\b",
    "blames": (
        r"\b(?:you|u) (?:always|never|don't (?:even|ever|care)|only|just|promised|forgot|said you|"
        r"keep|could have|couldn't)\b|\b(?:your|ur) fault\b|\bwhat is wrong with you\b|"
        r"\bwhat's wrong with you\b|\bwhy (?:do|can't|are|don't|didn't|must) (?:you|u)\b|"
        r"\bas usual\b|\bof course you\b"
    ),
    "insults": (
        r"\b(?:idiot|stupid|pathetic|useless|lazy|selfish|liar|lying|disgusting|ridiculous|dumb|"
        r"moron|loser|fool|jerk|asshole|arse|bitch|bastard|bullshit|shut up|fuck|fucking|fuckin|"
        r"hate you|sick of|fed up|leave me alone|whatever|childish|crazy|psycho|shame|grow up|"
        r"get lost|screw you|crap|don't care|annoying|nagging)\b"
    ),
    "laughs": r"\b(?:l+o+l+|lo+l\w*|ha(?:ha)+h?|he(?:he)+|hehe\w*|lmao+|rofl|xd+|haha\w*|jk)\b",
    "dares": r"\b(?:bet|race you|dare|tease|joke|joking|kidding|silly|guess|loser|winner|cheeky)\b",
    "news": (
        r"\b(?:guess (?:what|who|where)|never guess|(?:won't|wont|will not|never) believe|"
        r"have you (?:seen|heard)|did you (?:see|hear)|omg|you know what)\b"
    ),
    "tells": (
        r"\b(?:just saw|just heard|look at|look what|check (?:this|out)|remember when|reminds me|"
        r"turns out|apparently|i saw|i think|i thought|today i|so i|finally|dreamt|dreamed|i had)\b"
    ),
    "errand": (
        r"\b(?:milk|bread|shop|shops|groceries|grocery|pick up|pickup|pick (?:him|her|them|the)|"
        r"drop off|bill|bills|rent|pay|paid|bank|appointment|dentist|doctor's|plumber|keys?|bins?|"
        r"trash|laundry|dishes|dishwasher|washing|car|bus|train|flight|ticket|parcel|package|"
        r"delivery|form|school|meeting|office|order|buy|bring|send|book|booked|list|email|"
        r"number|address|schedule|invoice|transfer|money|insurance|landlord|daycare|nursery)\b"
    ),
    "when": (
        r"\b(?:today|tonight|tomorrow|tmr|tmrw|2moro|tomo|monday|tuesday|wednesday|thursday|"
        r"friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri|sat|sun|at \d|by \d|\d ?(?:am|pm)|"
        r"minutes?|mins?|hours?|hrs?|later|soon|next week|o'?clock|half past|\d:\d\d)\b"
    ),
    "digits": r"\d",
    "money": r"[£$€]\s?\d|\b\d+ ?(?:quid|bucks|dollars|pounds|euros?)\b",
    "on_the_way": (
        r"\b(?:on my way|omw|otw|leaving|left|reached|arrived|here now|outside|running late|"
        r"be there|home (?:by|at|in|now|soon)|landed|stuck|traffic)\b"
    ),
    "bare_answer": (
        r"^\W*(?:ok(?:ay|ie|s)?|k+|kk|yes|yep|yeah|yea|yup|ya|no|nope|nah|sure|fine|cool|great|"
        r"alright|aight|right|done|nice|good|noted|got it|perfect|true|same|maybe|idk|dunno|"
        r"i see|oh|ah|hm+|mm+|np|will do|sounds good|thanks)\W*$"
    ),
    "begins_answer": (
        r"^\W*(?:ok(?:ay)?|k|yes|yep|yeah|yea|yup|no|nope|nah|sure|fine|oh|haha|lol)\b"
    ),
    "commands": (
        r"^(?:don't|dont|remember|get|take|bring|send|call|pick|put|check|tell|ask|give|turn|wait|"
        r"buy|make sure|do|go|come|text|leave|stop|let me know|see)\b"
    ),
    "hearts": f"[{HEARTS}]|<3",
    "laughing_face": f"[{LAUGHS}]|[:;=]-?[dp]+\\b|;-?\\)",
    "tears": f"[{TEARS}]|[:;=]'?-?\\(",
    "angry_face": f"[{ANGER}]|[:;=]-?/",
    "nods": f"[{NODS}]|[:=]-?\\)",
    "any_emoji": f"{EMOJI}|{EMOTICON}",
    "third_person": r"\b(?:he|she|they|him|her|them|his|their|he's|she's|they're)\b",
}

#: Cues that are counts or shares rather than patterns, each brought near 0 to 1.
COUNTS: Final = ("words", "letters", "one_word", "three_words", "shouts", "stretched", "marks")

CUES: Final[tuple[str, ...]] = (*PATTERNS, *COUNTS)

_STRETCHED = "|".join(f"{letter}{{3,}}" for letter in "aehimnorsuwyz")


def cues(raw: pl.Series, lines: pl.Series) -> NDArray[np.float32]:
    """One row of cues (see `CUES`) per message, from its words as typed and as `plain`."""
    frame = pl.DataFrame({"raw": raw.fill_null("").str.slice(0, 4_000), "line": lines})
    line = pl.col("line")
    words = line.str.count_matches(r"[\p{L}\p{N}']+").cast(pl.Float32)
    upper = pl.col("raw").str.count_matches(r"\p{Lu}").cast(pl.Float32)
    letters = pl.col("raw").str.count_matches(r"\p{L}").cast(pl.Float32)
    counts = {
        "words": words.log1p() / 3,
        "letters": letters.log1p() / 5,
        "one_word": words <= 1,
        "three_words": words <= 3,
        "shouts": (upper / letters.clip(1)) * (letters >= 5),
        "stretched": line.str.contains(_STRETCHED),
        "marks": line.str.count_matches(r"[?!]").clip(0, 4).cast(pl.Float32) / 4,
    }
    seen = frame.select(
        *(line.str.contains(pattern).cast(pl.Float32).alias(c) for c, pattern in PATTERNS.items()),
        *(expression.cast(pl.Float32).alias(c) for c, expression in counts.items()),
    )
    return seen.select(CUES).to_numpy().astype(np.float32)
