"""Bids noticed are for both at once; what passed by is for its writer alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from stored_bytes import stored_bytes
from turntoward.web.couples import actions as couples
from turntoward.web.couples.locking import VAULT_COOKIE
from turntoward.web.couples.models import Partner
from turntoward.web.noticed import actions, counts
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.noticed.today import part
from turntoward.web.noticed.words import SORTS, own, told
from turntoward.web.part import Look
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
MARKER = "xylophone-of-thursday"
#: Every page that the partner can look at without an object's address.
PAGES = ["/today/", "/noticed/", "/noticed/passed/", "/together/", "/rhythm/", "/more/"]


def notice(client: Client, sort: str = "shared", words: str = "", **more: str) -> None:
    answer = client.post("/noticed/", {"sort": sort, "words": words} | more)
    assert answer.status_code == 302, answer.content.decode()


def keep(client: Client, whose: str = "mine", words: str = "", **more: str) -> None:
    answer = client.post("/noticed/passed/", {"whose": whose, "words": words} | more)
    assert answer.status_code == 302, answer.content.decode()


def on_today(partner: Partner, now: datetime | None = None) -> str:
    """What this partner's part of Today shows; empty where there is none."""
    now = now or timezone.now()
    made = part(Look(partner=partner, now=now, day=now.date(), hour=now.hour, key=None))
    if made is None:
        return ""
    return render_to_string(made.template, {"part": made} | dict(made.context))


def page(client: Client, path: str = "/noticed/") -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def everything(client: Client) -> list[str]:
    return [without_tokens(page(client, path)) for path in PAGES]


def test_what_ana_noticed_is_on_bens_today_at_once_and_not_on_her_own(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    notice(phone(ana), "shared", "You showed me the moon.")
    shown = on_today(ben)
    assert "Ana noticed what you shared." in shown
    assert "You showed me the moon." in shown
    assert on_today(ana) == ""
    assert "You noticed what Ben shared." in page(phone(ana))
    assert "Ben can see it now." in page(phone(ana))


def test_two_taps_are_enough_and_every_sort_has_its_sentence(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    for sort in SORTS:
        notice(client, sort)
        assert told(sort, "Ana") in on_today(ben).replace("&#x27;", "'")
        assert own(sort, "Ben") in page(client).replace("&#x27;", "'")
    assert Given.objects.count() == len(SORTS) == 10


def test_nothing_chosen_keeps_what_was_typed(ana: Partner, ben: Partner, phone: Phone) -> None:
    answer = phone(ana).post("/noticed/", {"sort": "", "words": "about the moon"})
    assert answer.status_code == 422
    assert "Choose first what it was." in answer.content.decode()
    assert "about the moon</textarea>" in answer.content.decode()
    assert Given.objects.count() == 0


def test_a_long_line_is_refused_and_still_there(ana: Partner, ben: Partner, phone: Phone) -> None:
    words = "x" * 501
    answer = phone(ana).post(
        "/noticed/", {"sort": "joke", "words": words, "tap": str(uuid.uuid4())}
    )
    assert "longer than 500" in answer.content.decode()
    assert f"{words}</textarea>" in answer.content.decode()
    assert 'value="joke" required checked' in answer.content.decode()
    notice(phone(ana), "joke", "x" * 500)


def test_the_same_tap_counts_once_and_a_refused_one_can_be_sent_again(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client, tap = phone(ana), str(uuid.uuid4())
    client.post("/noticed/", {"sort": "", "tap": tap})
    for _ in range(3):
        notice(client, tap=tap)
    assert Given.objects.count() == 1
    tap = str(uuid.uuid4())
    for _ in range(2):
        keep(client, tap=tap)
    assert Kept.objects.count() == 1


def test_a_tap_from_an_offline_phone_stands_where_it_was_tapped(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    at = timezone.now() - timedelta(hours=30)
    notice(phone(ana), at=at.isoformat(), tap=str(uuid.uuid4()))
    assert Given.objects.get().at == at
    # It is not among what was sent a moment ago.
    assert "can see it now" not in page(phone(ana))


def test_taking_it_back_takes_it_off_both_phones(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    before = everything(hers), everything(his)
    notice(hers, words=MARKER)
    given = Given.objects.get()
    assert MARKER in page(his)
    his.post(f"/noticed/{given.pk}/take-back/")
    assert Given.objects.count() == 1  # it is not his to take back
    for _ in range(2):  # a double tap
        assert hers.post(f"/noticed/{given.pk}/take-back/").status_code == 302
    assert (everything(hers), everything(his)) == before
    assert on_today(ben) == ""
    # Ben's heart from a page of before finds nothing, and breaks nothing.
    assert his.post(f"/noticed/{given.pk}/received/", {"what": "nice"}).status_code == 302


def test_what_waits_comes_one_at_a_time_newest_first(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    for minutes, words in [(30, "first"), (20, "second"), (10, "third")]:
        at = timezone.now() - timedelta(minutes=minutes)
        notice(hers, words=words, at=at.isoformat())
    newest = Given.objects.all()[0]
    assert "third" in on_today(ben)
    assert "second" not in on_today(ben)
    his.post(f"/noticed/{newest.pk}/received/", {"what": "nice"})
    assert "second" in on_today(ben)
    his.post(f"/noticed/{Given.objects.all()[1].pk}/received/", {"what": "away"})
    assert "first" in on_today(ben)
    assert "Put all away" not in on_today(ben)
    his.post(f"/noticed/{Given.objects.all()[2].pk}/received/", {"what": "away"})
    assert on_today(ben) == ""
    # Nothing is lost: all of it stands in the list.
    assert all(words in page(his) for words in ("first", "second", "third"))


def test_all_can_be_put_away_but_not_what_came_since(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    for minutes in (30, 20):
        at = timezone.now() - timedelta(minutes=minutes)
        notice(hers, words=f"{minutes} minutes ago", at=at.isoformat())
    assert "Put all away" in on_today(ben)
    seen = Given.objects.all()[0]
    notice(hers, words="just now")
    his.post(f"/noticed/{seen.pk}/received/", {"what": "all-away"})
    assert "just now" in on_today(ben)
    assert "Put all away" not in on_today(ben)


def test_a_heart_reaches_the_giver_and_can_be_undone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    notice(hers)
    given = Given.objects.get()
    before = without_tokens(page(hers))
    his.post(f"/noticed/{given.pk}/received/", {"what": "nice", "tap": str(uuid.uuid4())})
    assert "It reached Ben warmly." in page(hers)
    assert "You said that it was nice." in page(his)
    assert "It reached" not in page(his)
    his.post(f"/noticed/{given.pk}/received/", {"what": "not-nice", "here": "1"})
    assert without_tokens(page(hers)) == before
    assert "It reached" not in before


def test_the_givers_pages_do_not_tell_whether_the_other_looked(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    notice(hers, at=(timezone.now() - timedelta(hours=1)).isoformat())
    before = everything(hers)
    everything(his)
    on_today(ben)
    assert everything(hers) == before
    his.post(f"/noticed/{Given.objects.get().pk}/received/", {"what": "away"})
    assert everything(hers) == before


def test_nobody_can_heart_or_put_away_their_own(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers = phone(ana)
    notice(hers)
    given = Given.objects.get()
    for what in ("nice", "away", "all-away"):
        hers.post(f"/noticed/{given.pk}/received/", {"what": what})
    given.refresh_from_db()
    assert not given.nice
    assert not given.away


def test_a_stranger_changes_nothing(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    notice(phone(ana), words=MARKER)
    keep(phone(ana))
    given, kept = Given.objects.get(), Kept.objects.get()
    stranger = phone(cleo)
    stranger.post(f"/noticed/{given.pk}/take-back/")
    stranger.post(f"/noticed/{given.pk}/received/", {"what": "nice"})
    stranger.post(f"/noticed/passed/{kept.pk}/", {"what": "delete"})
    given.refresh_from_db()
    assert not given.nice
    assert Kept.objects.count() == 1
    assert MARKER not in "".join(everything(stranger))


def test_alone_it_is_kept_for_oneself_and_stays_so_when_the_other_joins(
    ana: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    assert "Ben is not here yet." in page(hers)
    notice(hers, "asked", MARKER)
    assert Given.objects.count() == 0
    assert "You noticed that Ben asked." in page(hers)
    assert MARKER in page(hers)
    link = couples.invite(ana, timezone.now())
    ben = couples.join(
        link, name="Ben", handle="ben", passphrase="quiet green evening lamp", now=timezone.now()
    )
    assert on_today(ben) == ""
    assert MARKER not in "".join(everything(phone(ben)))
    assert counts.days(ana.couple) == []


def test_what_passed_by_changes_nothing_on_the_partners_pages(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    before = everything(his)
    keep(hers, "mine", MARKER)
    keep(hers, "theirs", MARKER)
    assert everything(his) == before
    assert on_today(ben) == ""
    assert page(hers, "/noticed/passed/").count(MARKER) == 2
    for kept in Kept.objects.all():
        his.post(f"/noticed/passed/{kept.pk}/", {"what": "delete"})
    assert Kept.objects.count() == 2
    assert counts.days(ana.couple) == []


def test_private_lines_are_nowhere_in_the_database_nor_whose_bid_it_was(
    ana: Partner, ben: Partner, phone: Phone, transactional_db: None
) -> None:
    hers = phone(ana)
    keep(hers, "theirs", MARKER)
    notice(hers, "worry", "pianola-of-sunday")
    held = stored_bytes()
    assert b"Ana" in held
    for secret in (MARKER, "pianola-of-sunday", "theirs", "worry"):
        assert secret.encode() not in held


def test_what_became_of_it_can_be_said_undone_and_deleted(ana: Partner, phone: Phone) -> None:
    hers = phone(ana)
    keep(hers, "theirs", "the song")
    path = f"/noticed/passed/{Kept.objects.get().pk}/"
    hers.post(path, {"what": "in-person"})
    assert "Answered in person." in page(hers, "/noticed/passed/")
    hers.post(path, {"what": "let-go"})
    assert "Let go." in page(hers, "/noticed/passed/")
    hers.post(path, {"what": "undo"})
    after = page(hers, "/noticed/passed/")
    assert "Let go." not in after
    assert "Let it go" in after
    assert "the song" in after
    for _ in range(2):
        assert hers.post(path, {"what": "delete"}).status_code == 302
    assert "the song" not in page(hers, "/noticed/passed/")
    assert "can rest here" in page(hers, "/noticed/passed/")


def test_one_that_another_tab_deletes_meanwhile_stays_gone(ana: Partner, phone: Phone) -> None:
    keep(phone(ana), "theirs", "the song")
    mine = Kept.objects.get()
    actions.delete_kept(Kept.objects.get())
    actions.change_kept(mine, "let-go")
    assert Kept.objects.count() == 0


def test_while_locked_words_are_kept_and_none_are_shown(ana: Partner, phone: Phone) -> None:
    hers = phone(ana)
    keep(hers, "mine", "old words")
    old = Kept.objects.get()
    vault = hers.cookies.pop(VAULT_COOKIE)
    keep(hers, "theirs", "new words")
    locked = page(hers, "/noticed/passed/")
    assert "Your private words are locked." in locked
    assert "old words" not in locked
    assert "new words" not in locked
    # From a page that is open still, what became of one is tapped: it counts.
    hers.post(f"/noticed/passed/{old.pk}/", {"what": "let-go"})
    # Alone, what was noticed goes to the vault, too.
    hers.post("/noticed/", {"sort": "joke", "words": "the hat"})
    hers.cookies[VAULT_COOKIE] = vault.value
    opened = page(hers, "/noticed/passed/")
    for words in ("old words", "new words", "the hat", "Let go."):
        assert opened.count(words) == 1
    hers.post(f"/noticed/passed/{old.pk}/", {"what": "undo"})
    assert "Let go." not in page(hers, "/noticed/passed/")


def test_the_counted_days_are_the_couples_and_hold_only_what_was_noticed_for_both(
    ana: Partner, ben: Partner
) -> None:
    late = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # half past one at night in Berlin
    noon = datetime(2026, 3, 5, 12, tzinfo=UTC)
    actions.notice(ben, "joke", "", noon)
    actions.notice(ana, "joke", "", late)
    taken_back = actions.notice(ana, "joke", "", noon)
    assert isinstance(taken_back, Given)
    actions.take_back(taken_back)
    assert counts.days(ana.couple) == [date(2026, 3, 1), date(2026, 3, 5)]


def test_days_are_said_as_days(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 3, 10, 12, tzinfo=UTC)
    for days in (0, 1, 2, 400):
        actions.notice(ana, "joke", "", now - timedelta(days=days, hours=1))
    hers = phone(ana)
    monkeypatch.setattr(timezone, "now", lambda: now)
    shown = page(hers)
    for day in ("Today", "Yesterday", "8 March", "3 Feb 2025"):
        assert f'<p class="when">{day}</p>' in shown


def test_empty_pages_say_what_will_be_here(ana: Partner, ben: Partner, phone: Phone) -> None:
    shown = page(phone(ana))
    assert "will stand here" in shown
    assert "Only you see these" in shown
    assert "can rest here" in shown
