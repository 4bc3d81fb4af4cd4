"""The files of the exports benchmark: invented messages of two people, the same at every run.

Of every 1,000 messages about 42 hold a second line, 100 are media, calls or deleted messages, and
150 end in emoji. In five of 1,000 somebody left or added something, which readers that look for
notices by their words take for notices.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAMES = ("Ana", "Ben")
#: Long enough that hardly any message is repeated soon, short enough to be made at once.
_SENTENCES = 40_000
_FIRST = datetime(2019, 3, 4, 7, 30, tzinfo=UTC)
_LINES, _OTHER, _EMOJI, _LIKE_NOTICES = 0.042, 0.10, 0.15, 0.005
_SIGNS = ("😂", "❤️", "👍🏽", "🙈", "😘 😘", "🤷‍♀️", "🎉")
_WORDS = """
the to you i it and a is that in we for of on so me my not be have just do are was but what at
will can all no this get with now good if like know time one up out about your there then go
think really when see home come still back today he she got need they love how too work want
going well from would ok yeah as an had day maybe some already more tomorrow bit make here
tonight some dinner later sorry did right look over sure thanks why take week us much please
kids call train weekend again before mum morning great only let him her nice after tell where
something could never who buy bread milk keys doctor appointment funny sleep evening almost
friday picture coffee forgot garden rain café müde façade naïve
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One message: `kind` is `text`, `photo`, `voice`, `call` or `deleted`."""

    at: datetime
    who: str
    kind: str
    text: str


def said(messages: int) -> Iterator[Said]:
    """The messages themselves."""
    chance = random.Random(7)
    words = _WORDS.split()
    sentences = [_sentence(chance, words) for _ in range(_SENTENCES)]
    at, who = _FIRST, NAMES[0]
    for _ in range(messages):
        at += timedelta(seconds=int(chance.expovariate(1 / 150)) + 1)
        if chance.random() < 0.55:
            who = NAMES[who == NAMES[0]]
        if chance.random() < _OTHER:
            yield Said(at, who, chance.choice(("photo", "photo", "voice", "call", "deleted")), "")
            continue
        text = chance.choice(sentences)
        if chance.random() < _LINES:
            text += f"\n{chance.choice(sentences)}"
        yield Said(at, who, "text", text)


def _sentence(chance: random.Random, words: Sequence[str]) -> str:
    number = 1 + min(int(chance.expovariate(1 / 8)), 60)
    text = " ".join(chance.choice(words) for _ in range(number))
    if chance.random() < _LIKE_NOTICES:
        text += chance.choice((" and I left my keys", " so I added salt"))
    return f"{text} {chance.choice(_SIGNS)}" if chance.random() < _EMOJI else text


_ANDROID = {
    "photo": "<Media omitted>",
    "voice": "<Media omitted>",
    "call": "Missed voice call",
    "deleted": "This message was deleted",
}
_IPHONE = {
    "photo": "\u200eimage omitted",
    "voice": "\u200eaudio omitted",
    "call": "\u200eMissed voice call",
    "deleted": "\u200eThis message was deleted.",
}


def android_24h(message: Said) -> str:
    """WhatsApp on Android, European dates."""
    text = message.text or _ANDROID[message.kind]
    return f"{message.at:%d/%m/%Y, %H:%M} - {message.who}: {text}\n"


def android_12h(message: Said) -> str:
    """WhatsApp on Android, American dates with U+202F before AM and PM."""
    at, text = message.at, message.text or _ANDROID[message.kind]
    clock = f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M}\u202f{at:%p}"
    return f"{clock} - {message.who}: {text}\n"


def iphone(message: Said) -> str:
    """WhatsApp on an iPhone: CR LF between messages, LF within, U+200E before its own words."""
    mark = "" if message.text else "\u200e"
    at, text = message.at, message.text or _IPHONE[message.kind]
    clock = f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M:%S}\u202f{at:%p}"
    return f"{mark}[{clock}] {message.who}: {text}\r\n"


def write_lines(line: Callable[[Said], str], path: Path, messages: int) -> None:
    """Write a WhatsApp file; `line` makes its lines."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(line(message) for message in said(messages))


def write_telegram(path: Path, messages: int) -> None:
    """Write result.json as Telegram Desktop lays it out; it leaves deleted messages out, so those
    are stickers here.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{\n "name": "Ben",\n "type": "personal_chat",\n "id": 202,\n "messages": [\n')
        for number, message in enumerate(said(messages), 1):
            record = json.dumps(_record(number, message), ensure_ascii=False, indent=1)
            between = ",\n" if number < messages else "\n"
            file.write("  " + record.replace("\n", "\n  ") + between)
        file.write(" ]\n}")


def _record(number: int, message: Said) -> dict[str, object]:
    service = message.kind == "call"
    who, person = ("actor", "actor_id") if service else ("from", "from_id")
    record: dict[str, object] = {
        "id": number,
        "type": "service" if service else "message",
        "date": f"{message.at:%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(message.at.timestamp())),
        who: message.who,
        person: "user101" if message.who == NAMES[0] else "user202",
    }
    left_out = "(File not included. Change data exporting settings to download.)"
    match message.kind:
        case "call":
            record |= {"action": "phone_call", "discard_reason": "missed"}
        case "photo":
            record |= {"photo": f"photos/photo_{number}.jpg", "width": 960, "height": 1280}
        case "voice":
            record |= {"file": left_out, "media_type": "voice_message"}
            record |= {"mime_type": "audio/ogg", "duration_seconds": number % 90}
        case "deleted":
            record |= {"file": left_out, "media_type": "sticker", "sticker_emoji": "😀"}
    if number % 23 == 0 and number > 5:
        record["reply_to_message_id"] = number - 5
    if number % 31 == 0:
        later = message.at + timedelta(minutes=1)
        record["edited"] = f"{later:%Y-%m-%dT%H:%M:%S}"
        record["edited_unixtime"] = str(int(later.timestamp()))
    record["text"] = message.text
    plain = [{"type": "plain", "text": message.text}] if message.text else []
    record["text_entities"] = plain
    if number % 29 == 0 and message.text:
        link = {"type": "link", "text": "https://example.org"}
        record |= {"text": [f"{message.text} ", link], "text_entities": [*plain, link]}
    if number % 17 == 0 and not service:
        person = {"from": "Ana", "from_id": "user101", "date": record["date"]}
        record["reactions"] = [{"type": "emoji", "count": 1, "emoji": "❤", "recent": [person]}]
    return record
