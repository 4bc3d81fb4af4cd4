"""What each Telegram record is, decided column by column."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from turntoward.messages.message import Kind

#: The fields of a message as columns; `person` numbers who said or did it.
FIELDS = pl.Schema(
    {
        "msg_id": pl.String(), "date": pl.String(), "unix": pl.Int64(), "person": pl.UInt32(),
        "type": pl.String(), "action": pl.String(), "text": pl.String(),
        "media_type": pl.String(), "photo": pl.String(), "file": pl.String(),
        "duration_s": pl.Float64(), "missed": pl.Boolean(), "discard_reason": pl.String(),
        "reply_to": pl.String(), "elsewhere": pl.Boolean(), "edited": pl.String(),
        "edited_unix": pl.Int64(), "forwarded": pl.Boolean(), "view_once": pl.Boolean(),
        "contact": pl.Boolean(), "place": pl.Boolean(), "place_name": pl.Boolean(),
        "live_location": pl.Boolean(), "poll": pl.Boolean(), "game": pl.Boolean(),
        "invoice": pl.Boolean(), "misfit": pl.Boolean(),
    }
)  # fmt: skip

#: `media_type` -> kind. A video message is the round clip that Telegram sends like a voice message.
_MEDIA: dict[str, str] = {
    "voice_message": Kind.VOICE.value,
    "video_message": Kind.VIDEO.value,
    "video_file": Kind.VIDEO.value,
    "animation": Kind.GIF.value,
    "sticker": Kind.STICKER.value,
    "audio_file": Kind.AUDIO.value,
}
_CALLS = ("phone_call", "conference_call")
#: How the machine that exported names what it left out: "(File not included. ...".
_LEFT_OUT = "("
#: A Unix time beyond this many seconds is none.
_LATEST = 1 << 35


def finished(
    rows: pl.DataFrame, names: Sequence[str | None], me: Sequence[bool | None]
) -> pl.DataFrame:
    """Rows of `FIELDS` as rows of the canonical table but for their times.

    `names` and `me` are those of each person. Instead of times there are `utc`, `written` (the
    clock on the wall) and `edited_unix`.
    """
    kind, raw_kind = _kinds()
    rows = rows.with_columns(kind=kind)
    service = pl.col("type") == "service"
    path = pl.coalesce(_filled("photo"), _filled("file"))
    left_out = path.str.starts_with(_LEFT_OUT)
    # Old versions wrote the year 1970 for messages that were never edited.
    edited = _filled("edited").is_not_null() & ~pl.col("edited").str.starts_with("1970")
    edited = edited.fill_null(False)
    known = pl.when(~pl.col("misfit"))
    unix = pl.from_epoch(_moment("unix"), time_unit="s").cast(pl.Datetime("us"))
    written = (
        pl.col("date")
        .str.slice(0, 19)
        .str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    )
    return rows.select(
        "msg_id",
        "kind",
        "misfit",
        "duration_s",
        utc=unix.dt.replace_time_zone("UTC"),
        written=written,
        sender_id=pl.lit(pl.Series(names, dtype=pl.String)).gather(pl.col("person")),
        is_me=pl.lit(pl.Series(me, dtype=pl.Boolean)).gather(pl.col("person")),
        text=pl.when(~service).then(_filled("text")),
        raw_kind=raw_kind,
        media_ref=pl.when(~left_out).then(path),
        media_state=pl.when(left_out)
        .then(pl.lit("omitted"))
        .when(~left_out)
        .then(pl.lit("included")),
        call_outcome=pl.when(pl.col("kind") == Kind.CALL.value).then(_outcome()),
        # A reply into another chat carries that chat's id beside it; its message is not here.
        reply_to=pl.when(pl.col("elsewhere").is_null()).then("reply_to"),
        edited=known.then(edited),
        edited_unix=pl.when(edited).then(_moment("edited_unix")),
        forwarded=known.then("forwarded"),
    )


def _kinds() -> tuple[pl.Expr, pl.Expr]:
    """The kind and what Telegram calls it; the first that is true counts."""
    service = pl.col("type") == "service"
    media = pl.col("media_type")
    choices: list[tuple[pl.Expr, Kind | pl.Expr, str | pl.Expr | None]] = [
        (pl.col("misfit"), Kind.UNKNOWN, None),
        (service & pl.col("action").is_in(_CALLS), Kind.CALL, pl.col("action")),
        (service, Kind.SERVICE, pl.col("action")),
        # "unsupported": newer than the app that exported.
        (pl.col("type") != "message", Kind.UNKNOWN, pl.col("type")),
        (
            pl.col("view_once"),
            Kind.VIEW_ONCE,
            pl.coalesce(_filled("media_type"), pl.lit("self_destruct")),
        ),
        (media.is_not_null(), media.replace_strict(_MEDIA, default=Kind.MEDIA.value), media),
        (_filled("photo").is_not_null(), Kind.IMAGE, "photo"),
        (_filled("file").is_not_null(), Kind.DOCUMENT, "file"),
        (pl.col("contact"), Kind.CONTACT, "contact_information"),
        (pl.col("place") | pl.col("place_name"), Kind.LOCATION, "location"),
        (pl.col("live_location"), Kind.LOCATION, "live_location"),
        (pl.col("poll"), Kind.POLL, "poll"),
        (pl.col("game"), Kind.MEDIA, "game"),
        (pl.col("invoice"), Kind.MEDIA, "invoice"),
        (pl.col("text") != "", Kind.TEXT, None),
        (pl.lit(True), Kind.UNKNOWN, None),
    ]
    conditions = [condition for condition, _, _ in choices]
    kinds = [kind if isinstance(kind, pl.Expr) else pl.lit(kind.value) for _, kind, _ in choices]
    raw = [name if isinstance(name, pl.Expr) else pl.lit(name, pl.String) for _, _, name in choices]
    return _first(conditions, kinds), _first(conditions, raw)


def _first(conditions: Sequence[pl.Expr], values: Sequence[pl.Expr]) -> pl.Expr:
    """The value beside the first condition that is true."""
    chosen = values[-1]
    for condition, value in reversed(list(zip(conditions, values, strict=True))[:-1]):
        chosen = pl.when(condition).then(value).otherwise(chosen)
    return chosen


def _filled(name: str) -> pl.Expr:
    """A text column with null where the text is empty."""
    return pl.when(pl.col(name) != "").then(name)


def _moment(name: str) -> pl.Expr:
    return pl.when(pl.col(name).is_between(-_LATEST, _LATEST)).then(name)


def _outcome() -> pl.Expr:
    return (
        pl.when("missed").then(pl.lit("missed"))
        .when(pl.col("duration_s") != 0).then(pl.lit("answered"))
        .otherwise("discard_reason")
    )  # fmt: skip
