"""Every record of a file is in one of the numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from reading.made_readings import ACCOUNT
from turntoward.reading.accounted import lines, parts, period, writers


def test_the_parts_sum_to_the_records() -> None:
    said = parts(ACCOUNT)
    numbers = [int(re.sub(",", "", part.split(" ")[0])) for part in said]
    assert sum(numbers) == ACCOUNT.records
    assert "1 call" in said
    assert "3 deleted messages" in said


def test_what_is_not_there_is_not_named() -> None:
    assert not any("call" in part for part in parts(replace(ACCOUNT, calls=0)))


def test_the_file_in_a_few_lines() -> None:
    said = list(lines(replace(ACCOUNT, file="_chat.txt")))
    assert next(lines(ACCOUNT)) == "WhatsApp: 1,204 records"
    assert said[0] == "_chat.txt (WhatsApp): 1,204 records"
    assert said[2] == "  from 1 March 2021 to 28 December 2024"
    assert said[3] == "  written by Ana (620) and Ben (564)"
    assert said[4] == "  Photos and videos were left out of this export."


def test_a_large_group_is_named_in_part() -> None:
    many = replace(ACCOUNT, senders={f"P{n}": 9 for n in range(12)})
    assert writers(many) == "written by " + ", ".join(f"P{n} (9)" for n in range(8)) + " and 4 more"
    assert writers(replace(ACCOUNT, senders={})) is None
    assert period(replace(ACCOUNT, first=None)) is None
    assert period(replace(ACCOUNT, last=ACCOUNT.first)) == "on 1 March 2021"
