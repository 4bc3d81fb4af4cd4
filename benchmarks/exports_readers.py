"""One reader over one file, in a process of its own: `exports_readers.py READER MESSENGER FILE`.

Prints one line of JSON: seconds and CPU seconds of the reading alone (imports are done before the
clock starts), peak memory of the process in MB, and the rows that came back. Peers are imported
here only, so that none of them becomes a part of Turntoward.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sized
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

#: Reads a file and gives back what has a length: the rows.
Read = Callable[[str], Sized]
#: `seconds`, `cpu`, `mb` and `rows`, or only `error`.
Measured = dict[str, float | str]
_NODE_CODE = """
const {parseString} = require("whatsapp-chat-parser"), fs = require("fs");
const began = process.hrtime.bigint(), before = process.cpuUsage();
const rows = parseString(fs.readFileSync(process.argv[1], "utf8")).length;
const used = process.cpuUsage(before);
console.log(JSON.stringify({
  seconds: Number(process.hrtime.bigint() - began) / 1e9, cpu: (used.user + used.system) / 1e6,
  mb: process.resourceUsage().maxRSS / 1024, rows}));
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read a file; `load` imports what it needs and gives the function to be timed.

    `slow` readers take so long that one run has to do.
    """

    title: str
    messengers: frozenset[str]
    load: Callable[[str], Read]
    slow: bool = False


def _floor(messenger: str) -> Read:
    return lambda path: Path(path).read_bytes()[:0]


def _turntoward(messenger: str) -> Read:
    from turntoward.exports import formats, open_export

    formats()  # loads the modules of all formats
    return lambda path: open_export(Path(path)).messages


def _chatpack_list(messenger: str) -> Read:
    import chatpack

    parser = chatpack.WhatsAppParser if messenger == "whatsapp" else chatpack.TelegramParser
    return lambda path: parser().parse(path)


def _chatpack_pandas(messenger: str) -> Read:
    import pandas as pd

    read = _chatpack_list(messenger)
    # As chatpack's own page does it.
    return lambda path: pd.DataFrame([message.to_dict() for message in read(path)])


def _whatstk(messenger: str) -> Read:
    from whatstk import df_from_whatsapp

    # Without `max_size` it refuses files above 50 MB.
    return lambda path: df_from_whatsapp(path, max_size=None)


def _chat_miner(messenger: str) -> Read:
    from chatminer import chatparsers

    kinds = {"whatsapp": chatparsers.WhatsAppParser, "telegram": chatparsers.TelegramJsonParser}

    def read(path: str) -> Sized:
        parser = kinds[messenger](path)
        parser.parse_file()
        return parser.parsed_messages.get_df(as_pandas=True)

    return read


_BOTH = frozenset({"whatsapp", "telegram"})
_WHATSAPP = frozenset({"whatsapp"})
OURS = "turntoward"
NODE_READER = "whatsapp-chat-parser (node)"

READERS: tuple[Reader, ...] = (
    Reader("the bytes alone", _BOTH, _floor),
    Reader(OURS, _BOTH, _turntoward),
    Reader("chatpack, list", _BOTH, _chatpack_list),
    Reader("chatpack, pandas", _BOTH, _chatpack_pandas),
    Reader(NODE_READER, _WHATSAPP, _floor),
    Reader("whatstk, automatic", _WHATSAPP, _whatstk, slow=True),
    Reader("chat-miner", _BOTH, _chat_miner, slow=True),
)


def timed(reader: Reader, messenger: str, path: Path, node: Path) -> Measured:
    """Run one reader in a child process; `error` says in few words why there is no time.

    `node` is the folder in which `npm i whatsapp-chat-parser` was run.
    """
    command = [sys.executable, __file__, reader.title, messenger, str(path)]
    if reader.title == NODE_READER:
        if shutil.which("node") is None:
            return {"error": "not installed"}
        command = ["node", "-e", _NODE_CODE, str(path)]
    where = node.resolve() if reader.title == NODE_READER else None
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=where)
    last = (ran.stdout.strip().splitlines() or [""])[-1]
    if last.startswith("{"):
        return dict(json.loads(last))
    missing = "Cannot find module" in ran.stderr
    return {"error": "not installed" if missing else f"error: ended with {ran.returncode}"}


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _measured(reader: Reader, messenger: str, path: str) -> Measured:
    try:
        read = reader.load(messenger)
    except ModuleNotFoundError as error:
        return {"error": f"not installed ({error.name})"}
    began, used = time.perf_counter(), time.process_time()
    try:
        rows = read(path)
    except Exception as error:  # a peer may fail in any way; the table says how
        first = " ".join(str(error).split())[:100].replace("|", "/")
        return {"error": f"error: {type(error).__name__}: {first}"}
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    return {"seconds": seconds, "cpu": cpu, "mb": _peak_mb(), "rows": len(rows)}


def main() -> None:
    """Read, and print the figures as the last line."""
    title, messenger, path = sys.argv[1:]
    reader = next(reader for reader in READERS if reader.title == title)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        measured = _measured(reader, messenger, path)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
