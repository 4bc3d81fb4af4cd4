"""The parts of docs/formats.md that come from the code, the guides and the samples.

`python tests/exports/formats_page.py` writes them into the page, between its markers;
`test_formats_page.py` compares.
"""

from __future__ import annotations

import json
import re
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from imessage_databases import build_sample

from turntoward.errors import TurntowardError
from turntoward.exports import formats, open_exports
from turntoward.messages.message import COLUMNS
from turntoward.reading.guides import Guide, guides

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "formats.md"
#: Exports that other projects publish for their own tests.
PUBLIC = ROOT.parent / "shared" / "fixtures" / "exports"
#: In these folders a folder is one export.
_FOLDERS = ("msgvault",)
_NO_SAMPLES = (".py", ".expected.json", ".md")
_WIDTH = 110


def parts() -> dict[str, str]:
    """Name of the marker -> what stands between it and the next."""
    read, refused = sample_tables()
    return {
        "carries": carries_table(),
        "contents": ", ".join(f"[{guide.title}](#{_anchor(guide.title)})" for guide in guides()),
        "guides": "\n\n".join(_section(guide) for guide in guides()),
        "columns": columns_table(),
        "samples": read,
        "refused": refused,
    }


def between(page: str, name: str) -> str:
    """What the page holds between the markers of a part."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", page, re.DOTALL)
    return found[1] if found else ""


def columns_table() -> str:
    rows = [
        f"| `{name}` | {_short(dtype)} | {meaning} |" for name, (dtype, meaning) in COLUMNS.items()
    ]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _short(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Datetime):
        return f"Datetime, {dtype.time_zone}" if dtype.time_zone else "Datetime"
    return str(dtype)


def carries_table() -> str:
    names = ("reactions", "replies", "edits", "calls", "voice", "seconds")
    rows = [
        f"| {one.title} | "
        + " | ".join("yes" if getattr(one.carries, name) else "no" for name in names)
        + " |"
        for one in formats()
    ]
    head = f"| format | {' | '.join(names)} |"
    return "\n".join([head, "|---" * (len(names) + 1) + "|", *rows])


def _anchor(title: str) -> str:
    """As the pages of repositories make it of a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _section(guide: Guide) -> str:
    steps = [_filled(f"**{step.on}.** {step.do}") for step in guide.steps]
    told = [f"## {guide.title}", *steps, _filled(f"Bring in: {guide.files}.")]
    if guide.leaves_out:
        left = [_filled(f"- {part}", "  ") for part in guide.leaves_out]
        told.append("\n".join(["What it leaves out:", *left]))
    if guide.notes:
        told += ["How it is read:", "\n".join(_filled(f"- {note}", "  ") for note in guide.notes)]
    return "\n\n".join(told)


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def samples() -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Path, name in the table and options of every sample, other projects' first."""
    found = [p for p in PUBLIC.rglob("*") if p.is_file() and not _in_folder(p)]
    found += [p for folder in _FOLDERS for p in (PUBLIC / folder).glob("*")]
    for path in sorted(found):
        name = path.relative_to(PUBLIC).as_posix()
        yield path, name, {}
        if name == "chatistics/whatsapp/_chat 3.txt":
            yield path, f"{name} `--dates day-first`", {"dates": "day-first"}
    own = [p for p in HERE.glob("*/*") if not p.name.endswith(_NO_SAMPLES) and p.suffix != ".pyc"]
    for path in sorted(own):
        wanted = path.with_name(f"{path.stem}.expected.json")
        options = (
            json.loads(wanted.read_text("utf-8")).get("options", {}) if wanted.exists() else {}
        )
        told = "".join(f" `--{key} {value}`" for key, value in options.items())
        yield path, f"{path.relative_to(ROOT).as_posix()}{told}", options


def _in_folder(path: Path) -> bool:
    return path.relative_to(PUBLIC).parts[0] in _FOLDERS


def sample_tables() -> tuple[str, str]:
    """What is read of each sample, and the sentence with which the others are refused."""
    seen = [
        "| sample | format | records | messages | senders | kinds | unreadable |",
        "|---|---|---|---|---|---|---|",
    ]
    refused: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for path, name, options in samples():
            opened = build_sample(path, Path(place)) if path.suffix == ".sql" else path
            try:
                sources = open_exports(opened, **options)  # type: ignore[arg-type]
            except TurntowardError as refusal:
                project = name.split("/")[0] if not name.startswith("tests/") else name
                refused[project, str(refusal).replace(opened.name, "it", 1)] += 1
                continue
            for source in sources:
                one = source.account
                counts = (
                    source.messages["kind"]
                    .value_counts(sort=True)
                    .sort("count", "kind", descending=[True, False])
                )
                kinds = ", ".join(f"{kind} {n}" for kind, n in counts.iter_rows())
                figures = f"{one.records} | {one.messages} | {len(one.senders)} | {kinds}"
                seen.append(f"| {name} | {one.format} | {figures} | {one.unreadable} |")
    rows = [f"| {project} | {n} | {said} |" for (project, said), n in refused.items()]
    return "\n".join(seen), "\n".join(["| sample | files | what is said |", "|---|---|---|", *rows])


def written(page: str) -> str:
    """The page with every part as it is now."""
    for name, part in parts().items():
        whole = f"<!-- {name} -->\n{part}\n<!-- /{name} -->"
        page = re.sub(
            rf"<!-- {name} -->\n.*?<!-- /{name} -->", lambda _, whole=whole: whole, page,
            flags=re.DOTALL,
        )  # fmt: skip
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
