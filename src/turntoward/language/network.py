"""The reader's network: looked-up words, a view over three neighbours, one hidden layer.

A static word vector is the sum of what is known of the word and of its spelling (Bojanowski et al.
2017). A filter over three neighbouring words (Kim 2014) is linear in them, so each distinct word is
multiplied once and looked up afterwards: that is why this reads thousands of messages a second on
numpy alone. A line is the maximum and the mean of its filters, with its cues (cues.py). One hidden
layer sees that line and the gist of the other's message before it; pairs of neighbouring words add
their own linear evidence. training/student.py fits the arrays, and is the same arithmetic in torch.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from turntoward.language.words import Words

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrays:
    """The learned arrays. F filters, D word dimensions, C cues, G gist, H hidden units."""

    known: Floats  # (vocabulary + 1) x D, row 0 for a word that is not in the vocabulary
    runs: Floats  # RUNS x D
    filters: Floats  # D x 3F: for the word before, the word itself, the word after
    filter_bias: Floats  # F
    gist: Floats  # (2F + C) x G: what a later line needs to know of this one
    gist_bias: Floats
    hidden: Floats  # (2F + C + 2G + 2) x H
    hidden_bias: Floats
    said: Floats  # H x (kinds + flags + feelings)
    said_bias: Floats
    pairs: Floats  # PAIRS x (kinds + flags)
    bid: Floats  # (2F + C) x G: a bid, as its answer sees it
    bid_bias: Floats
    answer: Floats  # (2F + C) x G
    answer_bias: Floats
    turn: Floats  # (4G + kinds + flags + pair features) x H2
    turn_bias: Floats
    turned: Floats  # H2 x 3
    turned_bias: Floats
    turn_pairs: Floats  # PAIRS x 3: word pairs of the answer


ARRAYS: tuple[str, ...] = tuple(field.name for field in fields(Arrays))


def look(arrays: Arrays, words: Words, known: NDArray[np.int32]) -> Floats:
    """Each line as the maximum and mean of its filters, lines x 2F; zeros for a line of no words.

    `known` holds each form's row of `arrays.known`.
    """
    width = len(arrays.filter_bias)
    out = np.zeros((words.lines, 2 * width), np.float32)
    if not len(words.rows):
        return out
    vectors = arrays.known[known] + np.asarray(words.spelling @ arrays.runs)
    before, here, after = np.split(vectors @ arrays.filters, 3, axis=1)
    here = here + arrays.filter_bias
    starts = np.flatnonzero(np.diff(words.rows, prepend=-1))
    lengths = np.diff(np.append(starts, len(words.rows)))
    # Longest lines first, so that the lines which reach a position stand at the top. Going
    # through the positions keeps each step small enough for the processor's cache.
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    most = np.zeros((len(starts), width), np.float32)
    total = np.zeros_like(most)
    for at in range(lengths[0]):
        reach = int(np.searchsorted(-lengths, -at))
        word = starts[:reach] + at
        code = words.codes[word]
        seen = here[code]
        if at:
            seen += before[words.codes[word - 1]]
        inside = int(np.searchsorted(-lengths, -at - 1))
        seen[:inside] += after[words.codes[word[:inside] + 1]]
        np.maximum(seen, 0.0, out=seen)
        np.maximum(most[:reach], seen, out=most[:reach])
        total[:reach] += seen
    filled = words.rows[starts]
    out[filled, :width] = most
    out[filled, width:] = total / lengths[:, None].astype(np.float32)
    return out


def layer(values: Floats, weights: Floats, bias: Floats) -> Floats:
    """One layer with its rectifier."""
    product = values @ weights
    product += bias
    np.maximum(product, 0.0, out=product)
    return product


def speak(
    arrays: Arrays, lines: Floats, own: Floats, before: Floats, place: Floats, words: Words
) -> Floats:
    """Log-odds of kinds, flags and feelings of each line.

    `lines` are looks with cues, `own` their gists, `before` those of the other's message before
    each (zeros where there is none), `place` two flags: there is such a message; the line goes on
    its own sender's.
    """
    seen = np.hstack([lines, before, own * before, place])
    inner = layer(seen, arrays.hidden, arrays.hidden_bias)
    said: Floats = inner @ arrays.said + arrays.said_bias
    said[:, : arrays.pairs.shape[1]] += words.pairs() @ arrays.pairs
    return said


def turn(
    arrays: Arrays, bids: Floats, answers: Floats, said: Floats, more: Floats, words: Words
) -> Floats:
    """Log-odds of toward, away and against, from lines of bids and of answers.

    `said` are the answers' kinds and flags as probabilities, `more` the features of the pairs.
    """
    bid = layer(bids, arrays.bid, arrays.bid_bias)
    answer = layer(answers, arrays.answer, arrays.answer_bias)
    both = np.hstack([bid, answer, bid * answer, np.abs(bid - answer), said, more])
    inner = layer(both, arrays.turn, arrays.turn_bias)
    turned: Floats = inner @ arrays.turned + arrays.turned_bias + words.pairs() @ arrays.turn_pairs
    return turned
