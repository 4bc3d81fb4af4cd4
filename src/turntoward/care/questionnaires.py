"""Two short published questionnaires that whoever likes answers alone: CSI-4 and the IOS picture.

CSI-4: Funk, J. L. and Rogge, R. D. (2007). Testing the ruler with item response theory: Increasing
precision of measurement for relationship satisfaction with the Couples Satisfaction Index. Journal
of Family Psychology 21(4), 572-583. The sum of four items, 0 to 21; below 13.5 counts as distress.
Its authors made it free for research and clinical use and ask to be credited.

IOS: Aron, A., Aron, E. N. and Smollan, D. (1992). Inclusion of Other in the Self Scale and the
structure of interpersonal closeness. Journal of Personality and Social Psychology 63(4), 596-612.
One of seven pictures of two circles, from touching to almost one. It has no cut.

What was checked of wording, keys and licences, and what could not be, stands in docs/care.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from turntoward.words import gettext, gettext_noop, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer: what it counts, and its published words (English, the id of the translation)."""

    value: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question; `key` is under which its answer is kept. Options stand in published order."""

    key: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A questionnaire with the credit that its authors are owed, shown wherever it is."""

    name: str
    title: str
    items: tuple[Item, ...]
    credit: str


class Unanswered(ValueError):
    """An item has no answer: a sum without it would mean something else. `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} has no answer.")
        self.key = key


class NoSuchAnswer(ValueError):
    """An answer that the item does not offer, or an item that there is not. `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} has no such answer.")
        self.key = key


def _options(*texts: str) -> tuple[Option, ...]:
    """Counted from 0, as published."""
    return tuple(Option(value=value, text=text) for value, text in enumerate(texts))


_HOW_MUCH = _options(
    gettext_noop("Not at all"),
    gettext_noop("A little"),
    gettext_noop("Somewhat"),
    gettext_noop("Mostly"),
    gettext_noop("Almost completely"),
    gettext_noop("Completely"),
)

CSI4 = Questionnaire(
    name="csi4",
    title=gettext_noop("Four questions on how it is for you"),
    items=(
        Item(
            key="happiness",
            text=gettext_noop(
                "Please indicate the degree of happiness, all things considered, of your "
                "relationship."
            ),
            options=_options(
                gettext_noop("Extremely unhappy"),
                gettext_noop("Fairly unhappy"),
                gettext_noop("A little unhappy"),
                gettext_noop("Happy"),
                gettext_noop("Very happy"),
                gettext_noop("Extremely happy"),
                gettext_noop("Perfect"),
            ),
        ),
        Item(
            key="warm",
            text=gettext_noop("I have a warm and comfortable relationship with my partner."),
            options=_options(
                gettext_noop("Not at all true"),
                gettext_noop("A little true"),
                gettext_noop("Somewhat true"),
                gettext_noop("Mostly true"),
                gettext_noop("Almost completely true"),
                gettext_noop("Completely true"),
            ),
        ),
        Item(
            key="rewarding",
            text=gettext_noop("How rewarding is your relationship with your partner?"),
            options=_HOW_MUCH,
        ),
        Item(
            key="satisfied",
            text=gettext_noop("In general, how satisfied are you with your relationship?"),
            options=_HOW_MUCH,
        ),
    ),
    credit=gettext_noop(
        "Couples Satisfaction Index, four items, by Janette L. Funk and Ronald D. Rogge (2007), "
        "Journal of Family Psychology 21, 572-583."
    ),
)

#: Sums range from 0 to this.
CSI4_MOST = 21

#: A sum below this counts as distress (Funk and Rogge 2007).
CSI4_DISTRESS = 13.5

IOS = Questionnaire(
    name="ios",
    title=gettext_noop("A picture of the two of you"),
    items=(
        Item(
            key="picture",
            text=gettext_noop("Which picture describes your relationship best?"),
            options=tuple(
                Option(value=value, text=text)
                for value, text in enumerate(
                    (
                        gettext_noop("Two circles that only touch"),
                        gettext_noop("Two circles that overlap a little"),
                        gettext_noop("Two circles that overlap somewhat"),
                        gettext_noop("Two circles that overlap by half"),
                        gettext_noop("Two circles that overlap strongly"),
                        gettext_noop("Two circles that overlap very strongly"),
                        gettext_noop("Two circles that are almost one"),
                    ),
                    start=1,
                )
            ),
        ),
    ),
    credit=gettext_noop(
        "Inclusion of Other in the Self, by Arthur Aron, Elaine N. Aron and Danny Smollan (1992), "
        "Journal of Personality and Social Psychology 63, 596-612."
    ),
)

QUESTIONNAIRES: tuple[Questionnaire, ...] = (CSI4, IOS)


def answered(questionnaire: Questionnaire, answers: Mapping[str, int]) -> dict[str, int]:
    """The answers in the order of the items, each one that its item offers.

    Raises `Unanswered` or `NoSuchAnswer` for the first that is not, and `NoSuchAnswer` for an
    answer to an item that there is not.
    """
    for item in questionnaire.items:
        if item.key not in answers:
            raise Unanswered(item.key)
        given = answers[item.key]
        if isinstance(given, bool) or given not in {option.value for option in item.options}:
            raise NoSuchAnswer(item.key)
    known = [item.key for item in questionnaire.items]
    beside = next((key for key in answers if key not in known), None)
    if beside is not None:
        raise NoSuchAnswer(beside)
    return {key: answers[key] for key in known}


def csi4_score(answers: Mapping[str, int]) -> int:
    """The published score: the sum of the four answers, 0 to 21, more is more satisfied.

    Raises as `answered`.
    """
    return sum(answered(CSI4, answers).values())


def csi4_distress(score: int) -> bool:
    """Whether a score counts as distress; raises `ValueError` for one beyond 0 and 21."""
    if not 0 <= score <= CSI4_MOST:
        raise ValueError(f"A CSI-4 score lies between 0 and {CSI4_MOST}.")
    return score < CSI4_DISTRESS


def ios_picture(answers: Mapping[str, int]) -> int:
    """Which of the pictures was chosen, 1 (touching) to 7 (almost one); raises as `answered`."""
    return answered(IOS, answers)["picture"]


def csi4_means(score: int) -> tuple[str, ...]:
    """What a score says, and what it does not, in sentences; raises as `csi4_distress`."""
    where = gettext("{score} of {most}.").format(score=score, most=CSI4_MOST)
    if csi4_distress(score):
        said = gettext(
            "Sums below 13.5 are common among people whose relationship weighs on them. Many have "
            "been there."
        )
    else:
        said = gettext(
            "Sums above 13.5 are common among people who are content with their relationship. If "
            "something hurts all the same, that counts, whatever the number."
        )
    return (where, said, *_of_any())


def ios_means() -> tuple[str, ...]:
    """What the chosen picture says, and what it does not: there is no right one."""
    return (
        gettext("The picture shows how close it feels to you today. None of the seven is right."),
        *_of_any(),
    )


def _of_any() -> tuple[str, ...]:
    said = gettext(
        "It is how this felt to you today. It is no finding about you, your partner or the two of "
        "you, and it says nothing of what comes."
    )
    kept = gettext("Only you see it, until you put it into a brief yourself.")
    return (said, kept, *_translated())


def _translated() -> tuple[str, ...]:
    """The published key was made for the English words."""
    if language() == "en":
        return ()
    return (
        gettext("The questions are published in English. These words are our own translation."),
    )
