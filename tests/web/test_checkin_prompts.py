"""Prompts: gentle, private to the phone that speaks, and never a hint at how the other felt."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.checkins.depth import depth_for
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.checkins.prompts import Depth, cue_for, cues, prompt_for, prompts
from turntoward.web.couples.models import Partner, Season
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def speaking(ana: Partner, ben: Partner) -> Sitting:
    """Ana speaks, Ben listens."""
    return at_first_turn(ana)


def at_first_turn(ana: Partner) -> Sitting:
    sitting = actions.begin(ana, timezone.now())
    # It rests, so that pages can be compared without their seconds.
    Sitting.objects.filter(pk=sitting.pk).update(running_since=None, banked_s=60, first=0)
    sitting.refresh_from_db()
    return sitting


def prompt_on(client: Client) -> str | None:
    found = re.search(r'id="prompt">([^<]+)<', client.get("/together/now/").content.decode())
    return found.group(1) if found else None


def wish(client: Client, sitting: Sitting, what: str, stage: str = "first-speaks") -> int:
    given = {"what": what, "stage": stage}
    return client.post(f"/together/{sitting.pk}/prompt/", given, **HTMX).status_code


def test_there_are_enough_of_both_and_none_twice() -> None:
    shallow, deep = prompts(Depth.SHALLOW), prompts(Depth.DEEP)
    every = [prompt.words for prompt in (*shallow, *deep)]
    assert len(shallow) >= 40
    assert len(deep) >= 18
    assert len(set(every)) == len(every)


def test_every_prompt_is_one_short_open_question_without_blame() -> None:
    banned = re.compile(
        r"\b(should|always|never|why|blame|fault|wrong|guilty|fight|argue|money|bills?|chores|"
        r"shopping|appointments?|plans?|sex|I|me|my)\b|!",
        re.I,
    )
    for prompt in (*prompts(Depth.SHALLOW), *prompts(Depth.DEEP)):
        assert prompt.words.endswith("?"), prompt.words
        assert len(prompt.words) <= 75, prompt.words
        assert not banned.search(prompt.words), prompt.words


def test_every_cue_comes_from_the_article_and_fits_a_glance() -> None:
    assert any("that makes sense" in cue.words for cue in cues())
    for cue in cues():
        assert len(cue.words) <= 60
        assert cue.source.endswith((".", "perspective", "solving", "multitasking"))


def test_a_reload_shows_the_same_and_another_one_another() -> None:
    same = [prompt_for("c", Depth.SHALLOW, sitting=3, speaker=0) for _ in range(3)]
    assert len(set(same)) == 1
    turns = [prompt_for("c", Depth.SHALLOW, sitting=3, speaker=0, turn=t) for t in range(42)]
    assert len(set(turns)) == len(prompts(Depth.SHALLOW))


@pytest.mark.parametrize("depth", list(Depth))
def test_none_comes_back_before_all_were_there_and_the_two_get_different_ones(depth: Depth) -> None:
    length = len(prompts(depth))
    given = [
        prompt_for("c", depth, sitting=sitting, speaker=speaker)
        for sitting in range(length // 2)
        for speaker in (0, 1)
    ]
    assert len(set(given)) == length


def test_couples_go_through_them_in_orders_of_their_own() -> None:
    first = {prompt_for(f"c{n}", Depth.SHALLOW, sitting=0, speaker=0) for n in range(12)}
    assert len(first) > 4


def test_cues_change_from_time_to_time() -> None:
    given = {cue_for("c", sitting=s, listener=n) for s in range(3) for n in (0, 1)}
    assert len(given) == len(cues())


def test_only_the_phone_that_speaks_has_a_prompt(
    ana: Partner, ben: Partner, speaking: Sitting, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    first = prompt_on(hers)
    assert first is not None
    assert prompt_on(hers) == first
    assert prompt_on(his) is None
    before = without_tokens(his.get("/together/").content.decode())
    assert wish(hers, speaking, "another") == 200
    assert prompt_on(hers) not in (None, first)
    assert wish(hers, speaking, "none") == 200
    assert prompt_on(hers) is None
    assert without_tokens(his.get("/together/").content.decode()) == before
    assert wish(hers, speaking, "one") == 200
    assert prompt_on(hers) == first


def test_whoever_listens_changes_nothing_by_wishing(
    ana: Partner, ben: Partner, speaking: Sitting, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    first = prompt_on(hers)
    assert wish(his, speaking, "none") == 200
    assert prompt_on(hers) == first
    assert wish(his, speaking, "x") == 404
    assert wish(his, speaking, "another", "x") == 404
    assert wish(his, speaking, "another", "arrive") == 404


def test_a_wish_is_for_this_sitting_alone(
    ana: Partner, ben: Partner, speaking: Sitting, phone: Phone
) -> None:
    hers = phone(ana)
    wish(hers, speaking, "none")
    actions.stop(speaking, timezone.now())
    at_first_turn(ana)
    assert prompt_on(hers) is not None


def test_without_javascript_a_wish_comes_back_to_the_page(
    ana: Partner, speaking: Sitting, phone: Phone
) -> None:
    given = {"what": "none", "stage": "first-speaks"}
    answer = phone(ana).post(f"/together/{speaking.pk}/prompt/", given)
    assert (answer.status_code, answer["Location"]) == (302, "/together/")


# How deep.


def felt(partner: Partner, *warmths: int) -> None:
    """Past sittings, oldest first, as this partner tapped them."""
    for days, warmth in enumerate(reversed(warmths), 1):
        at = timezone.now() - timedelta(days=days)
        sitting = Sitting.objects.create(
            couple=partner.couple, begun_at=at, begun_by=partner, first=0, ended_at=at
        )
        Afterwards.objects.create(sitting=sitting, partner=partner, warmth=warmth, at=at)


def depths(partner: Partner, *, shared: bool = False, now: datetime | None = None) -> set[Depth]:
    """The depths of many evenings like this one."""
    sittings = [Sitting(couple=partner.couple, first=0, shared_phone=shared) for _ in range(60)]
    return {depth_for(each, partner, 5, now or timezone.now()) for each in sittings}


def test_deep_ones_come_only_when_the_last_times_were_mild_or_warmer(ana: Partner) -> None:
    assert depths(ana) == {Depth.SHALLOW}  # nothing tapped yet
    felt(ana, 3, 4, 3)
    assert depths(ana) == {Depth.SHALLOW, Depth.DEEP}


@pytest.mark.parametrize("warmths", [(4, 4, 2), (2, 5, 5), (1,)])
def test_never_deep_after_a_tense_one(ana: Partner, warmths: tuple[int, ...]) -> None:
    felt(ana, *warmths)
    assert depths(ana) == {Depth.SHALLOW}


def test_an_older_tense_one_is_past(ana: Partner) -> None:
    felt(ana, 1, 4, 4, 4)
    assert Depth.DEEP in depths(ana)


def test_in_a_hard_season_prompts_stay_shallow(ana: Partner) -> None:
    felt(ana, 5, 5, 5)
    day = timezone.now().date()
    Season.objects.create(
        couple=ana.couple, name="Night shifts", start=day - timedelta(days=9), end=None, kind="work"
    )
    assert Depth.DEEP in depths(ana)  # it was a moment, and is over
    Season.objects.create(
        couple=ana.couple, name="Mourning", start=day - timedelta(days=3), end=day, kind="grief"
    )
    assert depths(ana) == {Depth.SHALLOW}


def test_on_a_phone_between_the_two_and_in_the_first_evenings_they_stay_shallow(
    ana: Partner, ben: Partner
) -> None:
    felt(ana, 5, 5, 5)
    assert depths(ana, shared=True) == {Depth.SHALLOW}
    every = [Sitting(couple=ana.couple, first=0) for _ in range(60)]
    assert {depth_for(each, ana, 2, timezone.now()) for each in every} == {Depth.SHALLOW}


def test_how_the_other_felt_changes_no_depth(ana: Partner, ben: Partner) -> None:
    felt(ana, 5, 5, 5)
    every = [Sitting(couple=ana.couple, first=0) for _ in range(60)]
    before = [depth_for(each, ana, 5, timezone.now()) for each in every]
    felt(ben, 1, 1, 1)
    assert [depth_for(each, ana, 5, timezone.now()) for each in every] == before
    assert Depth.DEEP in before


def test_both_get_the_same_depth_where_both_felt_well(ana: Partner, ben: Partner) -> None:
    felt(ana, 4, 4, 4)
    felt(ben, 3, 3, 3)
    for sitting in [Sitting(couple=ana.couple, first=0) for _ in range(40)]:
        both = {depth_for(sitting, partner, 5, timezone.now()) for partner in (ana, ben)}
        assert len(both) == 1
