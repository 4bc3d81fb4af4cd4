"""From heads to messages: what belongs to each, when and by whom it was said."""

from __future__ import annotations

import polars as pl

from turntoward.exports.whatsapp.heads import Heads
from turntoward.exports.whatsapp.lines import Lines
from turntoward.exports.whatsapp.phrases import MARKS, NAMED_NOTICE, phrases_of

#: No name in a phone's address book is longer; longer "names" are notices that hold a colon.
_LONGEST_NAME = 80
#: Signs that come in pairs within a name. One alone means that a notice quotes something:
#: changed the subject to “Plan: summer”. German closes with the sign that English opens with.
_PAIRED = ("[“”„‟]", '["＂]', "[«»]", "[‹›]", "[「」]", "[『』]", "[《》]")
#: Between two letters they are part of a word, as in Hebrew shortenings.
_WITHIN = r'\p{Hebrew}["”]\p{Hebrew}'
#: iPhones write `~ Ben` for somebody outside the address book, with a narrow space.
_STRANGER = "^~\u202f"
#: A sentence that begins with the name of a person has at least this many words behind the name.
_SENTENCE_WORDS = 3
#: What is hardly a name by its form is surely one where it says so many different things.
_SAYS_MUCH = 3
#: A name with a colon is one where this many messages, and all of them, begin alike behind it.
_ALIKE = 5
#: Where to look for such names, how many to take, and how many sentences: bounds for odd files.
_LOOKED_AT, _MOST_COLONS, _MOST_SENTENCES = 2000, 5, 5000
_DAY = pl.duration(days=1)


def assemble(lines: Lines, heads: Heads) -> pl.DataFrame:
    """One row per message, in the order of the file.

    Columns: `ts_local`, `sender` (null where the messenger speaks), `body` (as typed, with its
    line feeds), `byte_start`, `byte_len`, and the doubts `forged`, `garbled` and `unsure` (a notice
    that may be a message, or the other way round). Words above the first head are one row without
    a time. Bytes of all rows together are the file.
    """
    first = heads.table["line"]
    begins = lines.start.gather(first)
    rows = _who_said_what(heads.table).with_columns(
        forged=_holds(heads.quoted, first) | _steps_out_of_time(),
        byte_start=begins,
        byte_end=begins.shift(-1, fill_value=lines.size),
    )
    rows = rows.with_columns(_without_last_blanks(_with_further_lines(rows["body"], lines, first)))
    rows = _with_what_stands_above(rows, lines, int(first[0]))
    rows = rows.with_columns(
        garbled=pl.col("body").str.contains("\ufffd", literal=True).fill_null(False)
        if lines.replaced
        else pl.lit(False),
        byte_len=(pl.col("byte_end") - pl.col("byte_start")).cast(pl.UInt32),
    ).drop("byte_end")
    if lines.recoded:
        places = pl.col("byte_start", "byte_len")
        rows = rows.with_columns(pl.when(False).then(places))
    return rows


def _who_said_what(table: pl.DataFrame) -> pl.DataFrame:
    """`ts_local`, `sender` and the first line of each `body`."""
    table = _with_colons_in_names(table)
    seen = table["sender"].drop_nulls().value_counts()
    seen = seen.with_columns(odd=~_may_be_names(seen["sender"]), name=_name())
    no_names, doubtful = _judge(seen.filter("odd")["sender"], table)
    ends = [pl.col("sender").str.ends_with(words) for words in phrases_of(NAMED_NOTICE)]
    sure = seen.filter(pl.any_horizontal(ends))["sender"]
    no_names = pl.concat([no_names, sure])
    doubtful = pl.concat([doubtful, _sentences(seen.filter(~pl.col("odd")))])
    doubtful = doubtful.filter(~doubtful.is_in(sure.implode()))
    said = pl.col("body").fill_null("")
    named, unsure = pl.col("sender").is_not_null(), pl.lit(False)
    notice = pl.coalesce("notice", pl.lit(""))
    if len(doubtful):
        unsure = pl.col("sender").is_in(doubtful.implode()).fill_null(False)
    if len(no_names):
        named &= ~pl.col("sender").is_in(no_names.implode())
        notice = pl.coalesce("notice", pl.concat_str("sender", pl.lit(": "), said), pl.lit(""))
    other = seen.filter(pl.col("name") != pl.col("sender"))
    name = pl.col("sender").replace(other["sender"], other["name"])
    return table.select(
        "ts_local",
        pl.when(named).then(name if other.height else pl.col("sender")),
        pl.when(named).then(said).otherwise(notice).alias("body"),
        unsure=unsure,
    )


def _judge(odd: pl.Series, table: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Which of some odd names are none, and which of them all leave a doubt.

    To take a notice for a message adds words, to take a message for a notice loses them. So a
    name is none only where every quotation that it opens closes behind its colon, or where it is
    very long and never says two things.
    """
    if odd.is_empty():
        return odd, odd
    said = table.filter(pl.col("sender").is_in(odd.implode())).select(
        "sender", "body", line=pl.concat_str("sender", pl.lit(": "), pl.col("body").fill_null(""))
    )
    opens, left = _open(said["sender"]), _open(said["line"])
    both = pl.DataFrame([opens[signs] & left[signs] for signs in _PAIRED])
    each = (
        said.with_columns(opens=_any(opens), closes=~_any(both))
        .group_by("sender")
        .agg(pl.col("opens").first(), pl.col("closes").all(), things=pl.col("body").n_unique())
        .with_columns(none=pl.when("opens").then("closes").otherwise(pl.col("things") == 1))
        .sort("sender")
    )
    doubtful = pl.col("none") | (pl.col("things") < _SAYS_MUCH)
    return each.filter("none")["sender"], each.filter(doubtful)["sender"]


def _with_colons_in_names(table: pl.DataFrame) -> pl.DataFrame:
    """A name such as `Love: Ben` ends at its second colon; every message of its owner shows it."""
    behind = pl.col("body").str.extract("^([^:]{1,40}): ")
    first = table.head(_LOOKED_AT).filter(pl.col("sender").is_not_null()).with_columns(part=behind)
    alike = first.group_by("sender").agg(
        pl.len(), pl.col("part").n_unique().alias("parts"), pl.col("part").first()
    )
    suspects = alike.filter(
        (pl.col("len") >= _ALIKE) & (pl.col("parts") == 1) & pl.col("part").is_not_null()
    )
    suspects = suspects.sort("len", "sender", descending=[True, False]).head(_MOST_COLONS)
    for sender, part in suspects.select("sender", "part").iter_rows():
        its = pl.col("sender") == sender
        rest = pl.col("body").str.strip_prefix(f"{part}: ")
        shows = rest.str.len_bytes() < pl.col("body").str.len_bytes()
        if table.filter(its).select(shows.all()).item():
            table = table.with_columns(
                sender=pl.when(its).then(pl.lit(f"{sender}: {part}")).otherwise("sender"),
                body=pl.when(its).then(rest).otherwise("body"),
            )
    return table


def _sentences(seen: pl.DataFrame) -> pl.Series:
    """What may only look like a name: it occurs once, and is another's name with words behind.

    `seen` has `sender` and `count`. A notice such as `Ana changed the plan to: summer` would look
    so, and so does `Ana from work: hi`.
    """
    names = set(seen.filter(pl.col("count") > 1)["sender"])
    found = []
    for once in seen.filter(pl.col("count") == 1)["sender"].sort().head(_MOST_SENTENCES):
        words = once.split(" ")
        # Names go on with a capital (Ana Maria), sentences with a verb.
        beginnings = (
            " ".join(words[:n])
            for n in range(1, len(words) - _SENTENCE_WORDS + 1)
            if not words[n][:1].isupper()
        )
        if any(beginning in names for beginning in beginnings):
            found.append(once)
    return pl.Series("sender", found, dtype=pl.String)


def _name() -> pl.Expr:
    """Names without marks of direction; one of nothing else stays as it is."""
    name = pl.col("sender").str.strip_chars(MARKS + " ").str.replace(_STRANGER, "~ ")
    return pl.when(name != "").then(name).otherwise("sender")


def _may_be_names(senders: pl.Series) -> pl.Series:
    named = senders.str.len_chars() <= _LONGEST_NAME
    # Counting takes long, and hardly any name holds one of these signs.
    quoting = (named & senders.str.contains("|".join(_PAIRED))).arg_true()
    return named.scatter(quoting, ~_any(_open(senders.gather(quoting))))


def _open(texts: pl.Series) -> pl.DataFrame:
    """For each kind of quotation marks, which texts hold one that is not closed."""
    plain = texts.str.replace_all(_WITHIN, "").to_frame("text")
    return plain.select(
        (pl.col("text").str.count_matches(signs) % 2 == 1).alias(signs) for signs in _PAIRED
    )


def _any(table: pl.DataFrame) -> pl.Series:
    return table.select(pl.any_horizontal(pl.all())).to_series()


def _with_further_lines(body: pl.Series, lines: Lines, first: pl.Series) -> pl.Series:
    """Each body with the lines below its head, up to the next one."""
    spans = pl.DataFrame({"below": first + 1, "until": first.shift(-1, fill_value=len(lines.text))})
    longer = spans.with_row_index("owner").filter(pl.col("until") > pl.col("below"))
    if longer.is_empty():
        return body
    further = longer.select("owner", line=pl.int_ranges("below", "until")).explode("line")
    joined = (
        further.with_columns(lines.text.gather(further["line"]).alias("line"))
        .group_by("owner", maintain_order=True)
        .agg("line")
        .with_columns(pl.col("line").list.join("\n"))
    )
    whole = body.gather(joined["owner"]) + "\n" + joined["line"]
    return body.scatter(joined["owner"], whole)


def _without_last_blanks(body: pl.Series) -> pl.Series:
    """The last body without blank lines at the end of the file: messages end in none."""
    last = body[-1]
    if last is None or not last.endswith("\n"):
        return body
    return body.scatter(len(body) - 1, last.rstrip("\r\n"))


def _holds(quoted: pl.Series, first: pl.Series) -> pl.Expr:
    """Which messages hold a line that looks like a head."""
    if quoted.is_empty():
        return pl.lit(False)
    owners = first.search_sorted(quoted, side="right").cast(pl.Int64) - 1
    return pl.int_range(pl.len()).is_in(owners.unique().implode())


def _steps_out_of_time() -> pl.Expr:
    """A head from an earlier day between two later ones may be a message that somebody quoted."""
    before, after = pl.col("ts_local").shift(1), pl.col("ts_local").shift(-1)
    out = (pl.col("ts_local") < before - _DAY) & (after >= before)
    return out.fill_null(False)


def _with_what_stands_above(rows: pl.DataFrame, lines: Lines, line: int) -> pl.DataFrame:
    """Words above the first head are a record of their own; blank lines belong to the first."""
    above = lines.text.head(line)
    if (above.str.strip_chars("\ufeff \t\r") == "").all():
        whole = pl.when(pl.int_range(pl.len()) == 0).then(0).otherwise("byte_start")
        return rows.with_columns(byte_start=whole.cast(pl.UInt64))
    row = pl.DataFrame(
        {
            "forged": [False],
            "unsure": [False],
            "byte_start": [0],
            "byte_end": [int(lines.start[line])],
        },
        schema_overrides={"byte_start": pl.UInt64, "byte_end": pl.UInt64},
    )
    return pl.concat([row, rows], how="diagonal")
