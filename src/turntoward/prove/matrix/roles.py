"""Who asks: nobody, partners of four couples, whoever works at the practice, and the operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from unittest import mock

from django.test import Client

from turntoward.prove.people import People, enter

#: Longer ago than typing the passphrase counts.
_LONG_AGO = timedelta(minutes=16)
_PAIRS = (("ana", "ben"), ("cleo", "cem"), ("eva", "finn"))


class Sort(StrEnum):
    """What somebody is to the companion."""

    NOBODY = "nobody"
    PARTNER = "partner"
    THERAPIST = "therapist"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody who asks, with the cookies of their browser.

    `is_` is the person that they are, for what they may see. `stale`: their passphrase was typed
    long ago. `host` is the name that their browser asks for.
    """

    name: str
    sort: Sort
    cookies: Mapping[str, str]
    is_: str = ""
    stale: bool = False
    host: str = "testserver"

    @property
    def at_a_desk(self) -> bool:
        """Whether they work at the practice."""
        return self.sort in (Sort.THERAPIST, Sort.ADMIN)


def other_of(name: str) -> str:
    """The other one of the two; empty for who is alone."""
    for one, other in _PAIRS:
        if name in (one, other):
            return other if name == one else one
    return ""


def roles_of(people: People, *, hosted: bool) -> tuple[Role, ...]:
    """Everybody who asks; whoever works at a practice only where one hosts the companion."""
    roles = [
        Role(name="nobody", sort=Sort.NOBODY, cookies={}),
        Role(name="operator", sort=Sort.NOBODY, cookies={}, host="localhost"),
        *(_partner(name, people[name].client) for name in ("ana", "ben", "cleo", "dora")),
        _later(people, "ana"),
        # Whoever has left is nobody, with the cookies of before, and somebody else with new ones.
        Role(name="left", sort=Sort.NOBODY, cookies=_cookies(people.left)),
        _partner("finn-anew", people["finn-anew"].client),
    ]
    if hosted:
        for name, desk in people.desks.items():
            sort = Sort.ADMIN if desk.therapist.admin else Sort.THERAPIST
            roles.append(Role(name=name, sort=sort, cookies=_cookies(desk.client), is_=name))
    return tuple(roles)


def _partner(name: str, client: Client) -> Role:
    return Role(name=name, sort=Sort.PARTNER, cookies=_cookies(client), is_=name)


def _later(people: People, name: str) -> Role:
    with mock.patch("django.utils.timezone.now", return_value=people.now - _LONG_AGO):
        cookies = _cookies(enter(name))
    return Role(name=f"{name}-later", sort=Sort.PARTNER, cookies=cookies, is_=name, stale=True)


def _cookies(client: Client) -> Mapping[str, str]:
    return MappingProxyType({name: held.value for name, held in client.cookies.items()})
