"""Names: two people stay two, whatever their phones call them, and each sees what is theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.reading.reading import Reading
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner
from turntoward.web.readings import actions, store, work
from turntoward.web.readings.models import Bringing, Question, State, StoredReading
from turntoward.web.readings.upload import sealed_from_bytes

Phone = Callable[[Partner], Client]
BEN_ASKS = "look at this sky, like a marzipan lighthouse"
PASSPHRASE = "quiet green evening lamp"


def chat(ana: str = "Ana", ben: str = "Ben", days: int = 20) -> bytes:
    """A chat in which Ben's bid meets Ana's answer, and now and then none."""
    lines = []
    for day in range(1, days + 1):
        lines += [
            f"{day:02}/01/2024, 08:00 - {ana}: good morning my love",
            f"{day:02}/01/2024, 08:02 - {ben}: good morning you",
            f"{day:02}/01/2024, 18:10 - {ben}: {BEN_ASKS}",
        ]
        if day < 15:
            lines.append(f"{day:02}/01/2024, 18:12 - {ana}: oh wow that is beautiful")
    return "\n".join(lines).encode()


def bring(partner: Partner, content: bytes, suffix: str = ".txt") -> Bringing:
    """A chat that this partner brought in, looked at."""
    bringing = actions.bring_in(partner, sealed_from_bytes(content, suffix), timezone.now())
    work.work_on(bringing.pk)
    bringing.refresh_from_db()
    return bringing


def together(bringing: Bringing, *partners: Partner) -> Reading:
    """The reading of both."""
    for partner in partners:
        actions.agree(partner, timezone.now())
    work.work_on(bringing.pk)
    return store.open_reading(StoredReading.objects.get(owner=None))


def test_both_may_have_saved_the_other_as_love(ana: Partner, ben: Partner) -> None:
    hers = bring(ana, chat(ben="Love"))
    actions.answer_who(hers, ["Ana"], ["Love"])
    his = bring(ben, chat(ana="Love"))
    actions.answer_who(his, ["Ben"], ["Love"])
    reading = together(his, ana, ben)
    assert set(reading.partners) == {"Ana", "Ben"}
    assert reading.duplicates == len(chat().splitlines())
    assert {q.who for q in reading.quotes if q.text == BEN_ASKS} == {"Ben"}


def test_a_partner_joins_under_another_name_than_the_other(ana: Partner) -> None:
    token = couples.invite(ana, timezone.now())
    form = {"name": " ANA", "handle": "ben", "passphrase": PASSPHRASE}
    answer = Client().post(f"/join/{token}/", form)
    assert "told apart" in answer.content.decode()
    assert Client().post(f"/join/{token}/", form | {"name": "Anna"}).status_code == 302


@pytest.mark.parametrize("name", ["x" * 5000, "nul\0name"])
def test_a_name_that_is_none_gets_a_sentence(ana: Partner, name: str) -> None:
    messages = [
        {"id": n, "type": "message", "date": f"2024-01-{1 + n % 28:02}T08:00:00",
         "date_unixtime": str(1704096000 + n * 86400), "from": ("Ana", name)[n % 2],
         "from_id": f"user{n % 2}", "text": "hello", "text_entities": []}
        for n in range(40)
    ]  # fmt: skip
    export = {"name": name, "type": "personal_chat", "id": 1, "messages": messages}
    bringing = bring(ana, json.dumps(export).encode(), ".json")
    assert bringing.state == State.STOPPED
    assert "A name in this chat" in bringing.problem


def test_whose_chat_it_is_stays_with_the_one_who_brought_it_in_until_it_is_the_twos(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    asked = bring(ana, chat(ben="Lena"))
    assert asked.question == Question.WHO
    group = bring(ana, chat() + b"\n" + chat(ana="Cleo", ben="Lena"))
    assert group.question == Question.WHO
    hers, his = phone(ana), phone(ben)
    for path in (f"/bring-in/{asked.pk}/", f"/bring-in/{group.pk}/", "/bring-in/"):
        page = his.get(path).content.decode()
        assert "Lena" not in page
        assert not re.search(r"\b60\b", page)
    assert "Lena" in hers.get(f"/bring-in/{asked.pk}/").content.decode()
    assert "Lena" in hers.get(f"/bring-in/{group.pk}/").content.decode()


def test_what_the_other_let_pass_is_not_there_to_correct(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    reading = together(bring(ana, chat()), ana, ben)
    passed = [q for q in reading.quotes if q.who == "Ben" and q.stance not in ("toward", "")]
    assert passed, "the chat holds bids of Ben's that Ana let pass"
    path = f"/rhythm/bids/{passed[0].id}/"
    form = {"kind": "invite", "stance": "toward"}
    hers, his = phone(ana), phone(ben)
    assert his.post(path, form, HTTP_HX_REQUEST="true").status_code == 404
    assert hers.post(path, form, HTTP_HX_REQUEST="true").status_code == 200
    # Other quotes of the same words follow, but not with a note that tells him of hers.
    assert "same words" not in his.get("/rhythm/bids/").content.decode()
    # Nor does taking her correction back show him what was read before it.
    assert his.post(f"{path}undo/", HTTP_HX_REQUEST="true").status_code == 404
    assert "Undo" in hers.post(path, form, HTTP_HX_REQUEST="true").content.decode()
    assert hers.post(f"{path}undo/", HTTP_HX_REQUEST="true").status_code == 200


def test_a_correction_holds_when_another_export_comes(ana: Partner, ben: Partner) -> None:
    first = bring(ana, chat())
    reading = together(first, ana, ben)
    met = next(q for q in reading.quotes if q.stance == "toward")
    form = {"kind": "none", "stance": "toward"}
    client = Client()
    client.force_login(ben)
    assert client.post(f"/rhythm/bids/{met.id}/", form).status_code == 302
    bring(ana, chat(days=21))
    after = store.open_reading(StoredReading.objects.get())
    assert len(after.accounts) == 2
    assert [c.quoted for c in after.corrections] == [met.id]
    # What it taught holds for the whole record now, and can still be taken back.
    assert [own.kind for own in after.own_words] == ["none"]
    assert {q.kind for q in after.quotes if q.text == met.text} == {"none"}
    client.post(f"/rhythm/bids/{met.id}/undo/")
    undone = store.open_reading(StoredReading.objects.get())
    assert {q.kind for q in undone.quotes if q.text == met.text} == {met.kind}


def test_the_start_link_begins_one_couple(ana: Partner) -> None:
    with pytest.raises(couples.LinkClosed):
        couples.begin(
            name="Cleo", other_name="Cem", living="apart", zone="UTC", handle="cleo",
            passphrase=PASSPHRASE, now=timezone.now(), only=True,
        )  # fmt: skip


def test_a_page_with_many_chats_asks_for_each_name_once(
    ana: Partner, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for days in range(15, 20):
        actions.bring_in(ana, sealed_from_bytes(chat(days=days), ".txt"), timezone.now())
    client = Client()
    client.force_login(ana)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        client.get("/bring-in/")
