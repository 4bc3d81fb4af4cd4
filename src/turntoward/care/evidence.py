"""What studies found of couples therapy and of programmes that two do by themselves.

"This is often where couples therapy can help." Each finding says it plainly first, then what was
measured, on how many, and what became of those who waited. Only what the abstracts of the papers
say is here (read in November 2026). They are averages: they say nothing of any two people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from turntoward.words import gettext, gettext_noop


class About(StrEnum):
    """What was studied."""

    THERAPY = "therapy"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one paper found. Texts are English and the ids of their translations.

    `measured` gives sizes in standard deviations of satisfaction with the relationship, where 0.2
    counts as small, 0.5 as middling and 0.8 as large. `waited` says what became of the couples who
    waited, empty where none did. `doi` is null where only the journal's pages were seen.
    """

    about: About
    says: str
    measured: str
    on: str
    waited: str
    source: str
    doi: str | None

    def said(self, field: str) -> str:
        """`says`, `measured`, `on` or `waited` in the language that is spoken now."""
        english = str(getattr(self, field))
        return gettext(english) if english else ""

    @property
    def cited(self) -> str:
        """The paper, with its DOI where it is known: the same in every language."""
        return f"{self.source} doi:{self.doi}" if self.doi else self.source


FINDINGS: tuple[Finding, ...] = (
    Finding(
        about=About.THERAPY,
        says=gettext_noop(
            "Couples who went to therapy were clearly more content afterwards. Couples who waited "
            "for a place stayed about as they were."
        ),
        measured=gettext_noop("From before to after: 1.12, most likely between 0.92 and 1.31."),
        on=gettext_noop("58 studies with 2,092 couples, all of a woman and a man."),
        waited=gettext_noop("Waiting: 0.12, and between −0.04 and 0.29, which may be nothing."),
        source=(
            "Roddy, M. K., Walsh, L. M., Rothman, K., Hatch, S. G., & Doss, B. D. (2020). "
            "Meta-analysis of couple therapy: Effects across outcomes, designs, timeframes, and "
            "other moderators. Journal of Consulting and Clinical Psychology, 88(7)."
        ),
        doi=None,
    ),
    Finding(
        about=About.THERAPY,
        says=gettext_noop(
            "Where chance decided who went, the gain was smaller, and it faded: some of it was "
            "gone after half a year. Of the one kind of therapy that was followed for a year, "
            "hardly anything was left then."
        ),
        measured=gettext_noop(
            "Afterwards 0.60 (behavioural therapy 0.53, emotionally focused therapy 0.73); after "
            "six months 0.44; after twelve months 0.06, for behavioural therapy alone."
        ),
        on=gettext_noop(
            "33 randomised trials with 2,730 people. Trials that found little may be missing."
        ),
        waited="",
        source=(
            "Rathgeber, M., Bürkner, P.-C., Schiller, E.-M., & Holling, H. (2019). The efficacy "
            "of emotionally focused couples therapy and behavioral couples therapy: A "
            "meta-analysis. Journal of Marital and Family Therapy, 45(3)."
        ),
        doi=None,
    ),
    Finding(
        about=About.THERAPY,
        says=gettext_noop(
            "Time alone does little: couples in distress who waited did not become more content "
            "by waiting."
        ),
        measured=gettext_noop("On average no change while waiting, in one country as in another."),
        on=gettext_noop("17 controlled studies."),
        waited="",
        source=(
            "Baucom, D. H., Hahlweg, K., & Kuschel, A. (2003). Are waiting-list control groups "
            "needed in future marital therapy outcome research? Behavior Therapy, 34(2)."
        ),
        doi=None,
    ),
    Finding(
        about=About.THERAPY,
        says=gettext_noop(
            "Six to eight of ten couples in distress gain from it. In everyday practice it is less "
            "than in studies, and for about half of the couples it wears off again."
        ),
        measured=gettext_noop("A review of meta-analyses; 60 to 80 of 100 couples benefit."),
        on=gettext_noop("Behavioural and emotion-focused therapy."),
        waited="",
        source=(
            "Bradbury, T. N., & Bodenmann, G. (2020). Interventions for couples. Annual Review of "
            "Clinical Psychology, 16."
        ),
        doi="10.1146/annurev-clinpsy-071519-020546",
    ),
    Finding(
        about=About.PROGRAMME,
        says=gettext_noop(
            "OurRelationship: about eight hours online, done by the two at home, with four short "
            "calls. Couples who did it became more content than couples who waited."
        ),
        measured=gettext_noop("More than waiting by 0.69."),
        on=gettext_noop("300 couples, all of a woman and a man, in the United States."),
        waited=gettext_noop("Chance decided who waited, for two months."),
        source=(
            "Doss, B. D., Cicila, L. N., Georgia, E. J., Roddy, M. K., Nowlan, K. M., Benson, "
            "L. A., & Christensen, A. (2016). A randomized controlled trial of the web-based "
            "OurRelationship program. Journal of Consulting and Clinical Psychology, 84(4), "
            "285-296."
        ),
        doi="10.1037/ccp0000063",
    ),
    Finding(
        about=About.PROGRAMME,
        says=gettext_noop("A year later the couples who had done it were still as content."),
        measured=gettext_noop("Asked again after 3 and after 12 months."),
        on=gettext_noop("151 couples of that study."),
        waited="",
        source=(
            "Doss, B. D., Roddy, M. K., Nowlan, K. M., Rothman, K., & Christensen, A. (2019). "
            "Maintenance of gains in relationship and individual functioning following the online "
            "OurRelationship program. Behavior Therapy, 50(1), 73-86."
        ),
        doi="10.1016/j.beth.2018.03.011",
    ),
    Finding(
        about=About.PROGRAMME,
        says=gettext_noop(
            "With little money the same programme and another one, ePREP, helped too. How many of "
            "the couples parted within half a year was not changed by it."
        ),
        measured=gettext_noop("More than waiting by 0.46, the middle of five measures."),
        on=gettext_noop("742 couples with a low income, in the United States."),
        waited=gettext_noop("Chance decided who waited, for half a year."),
        source=(
            "Doss, B. D., Knopp, K., Roddy, M. K., Rothman, K., Hatch, S. G., & Rhoades, G. K. "
            "(2020). Online programs improve relationship functioning for distressed low-income "
            "couples: Results from a nationwide randomized controlled trial. Journal of "
            "Consulting and Clinical Psychology, 88(4)."
        ),
        doi=None,
    ),
    Finding(
        about=About.PROGRAMME,
        says=gettext_noop(
            "Done by one of the two alone it made life better for that one. Whether it changes "
            "what is between two people was not seen."
        ),
        measured=gettext_noop(
            "Quality of life: more than waiting by 0.69. The relationship: no clear difference."
        ),
        on=gettext_noop("A small first trial."),
        waited=gettext_noop("Chance decided who waited."),
        source=(
            "Nowlan, K. M., Roddy, M. K., & Doss, B. D. (2017). The online OurRelationship "
            "program for relationally distressed individuals: A pilot randomized controlled "
            "trial. Couple and Family Psychology, 6(3), 189-204."
        ),
        doi="10.1037/cfp0000080",
    ),
)


def findings(about: About) -> tuple[Finding, ...]:
    """What was found of one of them, the broadest study first."""
    return tuple(each for each in FINDINGS if each.about is about)
