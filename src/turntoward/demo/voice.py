"""Two voices: what a written line becomes when Ana types it, and when Ben does.

Ana types in lower case, fast, drops apostrophes, mistypes and sometimes mends it with a star, adds
an emoji now and then. Ben writes sentences, and now and then forgets the last full stop.
"""

from __future__ import annotations

import re

from turntoward.demo.dice import Dice

_EMOJI = {
    "share": ("😂", "🙈", "😅", "🤔", "👀", "🫠"),
    "joy": ("🎉", "😍", "✨", "🥳", "😭"),
    "interest": ("🙂", "👀"),
    "play": ("😂", "😏", "🙃", "😜", "🤭"),
    "support": ("😔", "🫠", "😩", "😞"),
    "invite": ("☀️", "😊", "🙏"),
    "affection": ("❤️", "🥰", "😘", "💛"),
    "repair": ("❤️", "🙏", "🫂"),
    "morning": ("☀️", "☕", "🌞"),
    "night": ("😴", "🌙"),
}

#: The key to the right of a letter.
_NEAR = str.maketrans("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn")


#: Ben is written out in full; spoken, these run together. Not at the end: nobody says "so it's."
_SPOKEN = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"\b(I|i)t is (?=[a-z']+ )(?!it\b)", r"\1t's "),
        (r"(?<!how )(?<!what )\b([Tt]hat|[Tt]here|[Hh]e|[Ss]he|[Ww]hat) is (?=[a-z']+ )", r"\1's "),
        (r"\bI am (?=[a-z])", "I'm "),
        (r"\bI will (?=[a-z])", "I'll "),
        (r"\b(Y|y)ou are (?=[a-z])", r"\1ou're "),
        (r"\b(W|w)e are (?=[a-z])", r"\1e're "),
        (r"\b(do|does|did|is|was|has|would|could) not\b", r"\1n't"),
        (r"\bcannot\b", "can't"),
        (r"\bwill not\b", "won't"),
        (r"\bDo not\b", "Don't"),
    )
)


#: Where a kiss at the end would be odd, and where it is at home.
_NO_KISS = ("logistics", "fight", "story")
_KISS = {"affection": 0.16, "repair": 0.16, "morning": 0.12, "night": 0.14, "support": 0.08}
_AFTER_STOP = re.compile(r"(?<=[^.'][.?!] )[a-z]")


def ana(text: str, kind: str, dice: Dice, *, warmth: float) -> list[str]:
    """How Ana sends it: one message, or two where she is in a hurry or mends a slip.

    `warmth` is 1 in ordinary weeks; hearts and kisses become rarer with it.
    """
    text = text if dice.chance(0.06) else _lower(text)
    if dice.chance(0.45):
        text = text.replace("'m ", "m ").replace("n't", "nt").replace("'s ", "s ")
        text = text.replace("'ve", "ve").replace("'re ", "re ").replace("'ll", "ll")
    if dice.chance(0.05 if kind in _EMOJI else 0.0):
        text = text.replace(" and ", " & ").replace(" you ", " u ").replace(" your ", " ur ")
    slip = None
    if len(text) > 14 and dice.chance(0.055):
        text, slip = _slip(text, dice)
    long = len(text) > 45 and "\n" not in text
    sent = _in_two(text, dice) if long and dice.chance(0.18) else [text]
    if kind in _EMOJI and dice.chance(0.15) and not _ends_in_emoji(sent[-1]):
        if kind not in ("affection", "repair") or dice.chance(warmth):
            sent[-1] += " " + dice.pick(_EMOJI[kind])
    elif (
        kind not in _NO_KISS
        and sent[-1][-1:].isalpha()
        and dice.chance(_KISS.get(kind, 0.03) * warmth)
    ):
        sent[-1] += " " + dice.pick(("x", "x", "xx"))
    if slip is not None and dice.chance(0.3):
        sent.append("*" + slip)
    return sent


def ben(text: str, kind: str, dice: Dice, *, warmth: float) -> list[str]:
    """How Ben sends it: with a capital at the start, and mostly as he would say it."""
    if dice.chance(0.55):
        for pattern, short in _SPOKEN:
            text = pattern.sub(short, text)
    for at, letter in enumerate(text):
        if letter.isalpha():
            if at == 0 or not text[:at].strip("'\"("):
                text = text[:at] + letter.upper() + text[at + 1 :]
            break
        if letter.isdigit():
            break
    text = _AFTER_STOP.sub(lambda found: found.group(0).upper(), text)
    if text.endswith(".") and not text.endswith("..") and dice.chance(0.12):
        text = text[:-1]
    if kind in ("affection", "night", "morning", "repair") and dice.chance(0.12 * warmth):
        text += " x" if text[-1:] in ".?" or text[-1:].isalpha() else ""
    elif kind in ("share", "play") and dice.chance(0.02):
        text += dice.pick((" 🙄", " 🙂", " 😐"))
    return [text]


def _lower(text: str) -> str:
    """Lower case, except where she shouts: a word all in capitals stays."""
    words = text.split(" ")
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in words)


def _ends_in_emoji(text: str) -> bool:
    return text[-1:] > "\u2000"


def _in_two(text: str, dice: Dice) -> list[str]:
    """Cut at a sentence end or before an `and`, as people do who press send too soon."""
    for mark, keep in ((". ", 1), ("? ", 1), ("! ", 1), (", ", 0), (" and ", 0), (" but ", 0)):
        at = text.find(mark, 12)
        if 0 < at < len(text) - 12:
            first, rest = text[: at + keep].rstrip("."), text[at + keep :].lstrip(", ")
            return [first, rest]
    return [text]


def _slip(text: str, dice: Dice) -> tuple[str, str | None]:
    """One mistyped word; gives the line and the word as it was meant."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not long:
        return text, None
    place = dice.pick(long)
    meant = words[place]
    at = dice.between(1, len(meant) - 2)
    kind = dice.below(4)
    if kind == 0:
        typed = meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :]
    elif kind == 1:
        typed = meant[:at] + meant[at + 1 :]
    elif kind == 2:
        typed = meant[:at] + meant[at] + meant[at:]
    else:
        typed = meant[:at] + meant[at].translate(_NEAR) + meant[at + 1 :]
    if typed == meant:
        return text, None
    words[place] = typed
    return " ".join(words), meant
