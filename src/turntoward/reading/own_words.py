"""Words that mean something of their own to these two, learned from what they put right.

"Night bean" may be tender, "the usual" a joke. Where one of the two says what such a message was,
every other message of exactly these words is taken as the same: in the quotes at once, in the whole
record when the chat is read again. That is all that is learned. It lies in the reading, goes with
the correction that it came from, and changes nothing for anybody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from turntoward.reading.reading import Correction, OwnWords, Quoted, Reading
from turntoward.reading.uncorrected import as_read

#: Longer messages hardly come back word for word.
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Said:
    """Own words that some correction backs, and those that the reading was made with."""

    backed: Mapping[str, str]  # words -> kind
    applied: Mapping[str, OwnWords]

    def kind_of(self, quote: Quoted) -> str:
        """The kind of a quote that nobody put right itself."""
        words = folded(quote.text)
        if words in self.backed:
            return self.backed[words]
        applied = self.applied.get(words)
        if applied and quote.kind == applied.kind and quote.at not in applied.at:
            return applied.was
        return quote.kind


def folded(text: str) -> str:
    """A message as far as its words go: case, spaces and closing marks make no difference."""
    return " ".join(text.lower().split()).strip(" .,!?")


def teaches(text: str) -> bool:
    """Whether a correction of this message says something of others like it."""
    return 0 < len(folded(text).split()) <= MOST_WORDS


def taught(
    corrections: Iterable[Correction], quotes: Iterable[Quoted], before: Iterable[OwnWords]
) -> tuple[OwnWords, ...]:
    """The own words behind corrections of quotes; `before` are those that these were read with.

    What was learned earlier from a quote that is no longer kept stays known; it goes when its
    quote is here and no correction speaks for it any more.
    """
    read = {quote.id: quote for quote in quotes}
    known = {own.words: own for own in before}
    here = {(folded(quote.text), quote.at) for quote in read.values()}
    out = {
        own.words: own
        for own in known.values()
        if not any((own.words, at) in here for at in own.at)
    }
    for correction in corrections:
        quote = read.get(correction.quoted)
        if quote is None or not teaches(quote.text):
            continue
        words = folded(quote.text)
        was = known[words].was if words in known else quote.kind
        if correction.kind != was:
            said = out.get(words)
            times = {quote.at, *(said.at if said and said.kind == correction.kind else ())}
            at = tuple(sorted(times))
            out[words] = OwnWords(words=words, kind=correction.kind, was=was, at=at)
    return tuple(out.values())


def taught_by(reading: Reading) -> tuple[OwnWords, ...]:
    """The words that the two taught this reading, for the next one to be read with."""
    return taught(reading.corrections, as_read(reading).quotes, reading.own_words)
