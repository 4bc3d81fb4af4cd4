"""Attachments that a WhatsApp export names: which file, which kind, which caption.

Android: `IMG-20240613-WA0001.jpg (file attached)`, the caption on the next line. iPhone: the
caption, then `<attached: 00000012-PHOTO-2024-06-13-21-25-15.jpg>` after U+200E. iPhones until 2018:
`2018-06-13-PHOTO-00000012.jpg <attached>`. A file may have no name but its ending, or no ending.
"""

from __future__ import annotations

import polars as pl

from turntoward.exports.whatsapp.phrases import MARKS
from turntoward.messages.message import Kind

_NAME = r"(?P<name>[^<>\n]*\.[A-Za-z0-9]{2,5}|[A-Z]{3}-[0-9]{8}-WA[0-9]+\.?)"
_MARK = r"[\u200e\u200f]?"
_ANDROID = rf"^{_MARK}{_NAME} (?P<word>\([^()\n]{{3,40}}\))(?:\n(?P<caption>(?s:.*)))?$"
#: Most languages say `attached:` before the name, Turkish says it behind.
_IPHONE = (
    rf"^(?P<caption>(?s:.*?)){_MARK}< ?{_MARK}"
    rf"(?:[^<>:\n]{{1,40}}: ?{_NAME}|{_NAME.replace('name', 'leads')} [^<>:\n]{{1,40}}?) ?>"
    r"(?:\n(?P<below>(?s:.*)))?$"
)
_OLD_IPHONE = rf"^{_MARK}{_NAME} <{_MARK}[^<>:\n]{{3,40}}>(?:\n(?P<caption>(?s:.*)))?$"
#: A body that is nothing else; iPhone files that a tool saved without any mark have only this.
_ALONE = r"^<[\p{L}\p{M} ]{3,20}: ?[^<>:\n]+\.[A-Za-z0-9]{2,5}>$"
#: Names that only WhatsApp gives to files.
_OWN_NAME = (
    r"^(?:[A-Z]{3}-[0-9]{8}-WA[0-9]+|[0-9]{8}-|[0-9]{4,}-[A-Z]+-[0-9]{4}-"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z]+-)"
)
#: Documents carry their own name above their tag: `plan.pdf • 2 pages`.
_DOCUMENT_LINE = r"^[^\n]*\.[A-Za-z0-9]{2,5}(?: •[^\n]*)?$"

#: Pattern in a file's name -> kind, in the order in which they are tried.
_BY_NAME: tuple[tuple[str, Kind], ...] = (
    (r"-sticker-|^stk-|\.webp$", Kind.STICKER),
    (r"-gif-", Kind.GIF),
    (r"^ptt-|\.opus$", Kind.VOICE),
    (r"-photo-|^img-|\.(?:jpe?g|png|heic)$", Kind.IMAGE),
    (r"-video-|^vid-|\.(?:mp4|mov|3gp)$", Kind.VIDEO),
    (r"-audio-|^aud-|\.(?:m4a|mp3|aac|ogg)$", Kind.AUDIO),
    (r"\.vcf$", Kind.CONTACT),
)


def attachment(
    body: pl.Expr, words: tuple[str, ...], beside: frozenset[str] | None
) -> dict[str, pl.Expr]:
    """`file`, the name of the attachment that a body stands for, and its `caption`; null if none.

    A typed "see plan.pdf (page 3)" is no attachment: the remark in brackets must be a known one,
    or the name one that WhatsApp gives, or the file must lie in the same zip.
    """
    there = list(beside or ())
    android = body.str.extract_groups(_ANDROID)
    iphone = body.str.extract_groups(_IPHONE)
    old = body.str.extract_groups(_OLD_IPHONE)
    o_name = old.struct.field("name")
    o_sure = body.str.contains(r" <(?:[\u200e\u200f]|attached>)") | o_name.str.contains(_OWN_NAME)
    a_name = android.struct.field("name")
    i_name = pl.coalesce(iphone.struct.field("name"), iphone.struct.field("leads"))
    a_sure = (
        android.struct.field("word").is_in(list(words))
        | a_name.str.contains(_OWN_NAME)
        | a_name.is_in(there)
    )
    i_sure = (
        body.str.contains(r"[\u200e\u200f]<|<[\u200e\u200f]")
        | i_name.str.contains(_OWN_NAME)
        | i_name.is_in(there)
        | body.str.contains(_ALONE)
    )
    above = iphone.struct.field("caption").str.strip_chars(MARKS + " ")
    own_line = above.str.replace_all(f"[{MARKS}]", "").str.contains(_DOCUMENT_LINE)
    below = iphone.struct.field("below")
    joined = pl.concat_str(
        pl.when(~own_line & (above != "")).then(above), below, separator="\n", ignore_nulls=True
    )
    name = pl.coalesce(
        pl.when(i_sure).then(i_name), pl.when(a_sure).then(a_name), pl.when(o_sure).then(o_name)
    )
    caption = (
        pl.when(i_sure & i_name.is_not_null()).then(joined)
        .when(a_sure).then(android.struct.field("caption"))
        .when(o_sure).then(old.struct.field("caption"))
    )  # fmt: skip
    return {"file": name, "caption": caption}


def kind_of_file(name: pl.Expr) -> pl.Expr:
    """The kind that a file's name tells."""
    kind = pl.lit(Kind.DOCUMENT.value)
    lower = name.str.to_lowercase()
    for pattern, of in reversed(_BY_NAME):
        kind = pl.when(lower.str.contains(pattern)).then(pl.lit(of.value)).otherwise(kind)
    return kind
