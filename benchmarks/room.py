"""`python -m benchmarks.room`: a room's server under twenty players, in a process of its own.

Every player asks for their sheet four times a second, four times as often as a page does, and sends
a choice once a second; the facilitator's page looks and posts twenty sheets twice a second.  Each
time is from asking to having the answer, the asking included, beside a fixed loop in this process,
since machines differ: median and worst.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from statistics import median
from typing import Any

import httpx

PLAYERS, SECONDS = 20, 15.0
SEATS = [f"Department {number}" for number in range(PLAYERS // 2)]
CHOICE = {"kind": "choose", "play": 1, "turn": 1, "choice": {"effort": {"One": 0.2, "Two": 0.3}}}
SHEET = {"view": {"numbers": [0.123456789] * 150}, "words": "x" * 1500}
COMMAND = [sys.executable, "-m", "psasim", "classroom", "--room", "scenario=teaching", "--port",
           "0", "--no-browser", "--folder"]


def fixed_loop() -> float:
    """Milliseconds that a million additions take here."""
    begun = time.perf_counter()
    total = 0.0
    for number in range(1_000_000):
        total = total * 0.999 + number
    return 1000 * (time.perf_counter() - begun)


class Timed:
    """One who asks, and how long each answer took, in milliseconds by what was asked."""

    def __init__(self, address: str, token: str, times: dict[str, list[float]]) -> None:
        self.client = httpx.AsyncClient(  # verify: certificates, which take long to read
            base_url=address, headers={"Authorization": f"Bearer {token}"}, verify=False)
        self.times = times

    async def ask(self, what: str, method: str, path: str, given: Any = None) -> Any:
        begun = time.perf_counter()
        answer = await self.client.request(method, path, json=given)
        self.times[what].append(1000 * (time.perf_counter() - begun))
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.status_code == 200 else None


async def ticks(pause: float) -> AsyncIterator[int]:
    """Numbers from 0, a pause apart, until the time is over."""
    for number in range(int(SECONDS / pause)):
        yield number
        await asyncio.sleep(pause)


async def player(
    address: str, token: str, times: dict[str, list[float]], later: float
) -> None:
    """later: seconds after the first, since people do not press at one instant."""
    await asyncio.sleep(later)
    one, seen = Timed(address, token, times), ""
    async for number in ticks(0.25):
        found = await one.ask("a player's sheet", "GET", f"/seat?seen={seen}")
        seen = found["version"] if found else seen
        if number % 4 == 0:
            await one.ask("a choice, kept on disk", "POST", "/seat", CHOICE)
    await one.client.aclose()


async def facilitator(address: str, token: str, times: dict[str, list[float]]) -> None:
    host, upto = Timed(address, token, times), 0
    async for number in ticks(0.5):
        upto = (await host.ask("the facilitator's look", "GET", f"/host?after={upto}"))["upto"]
        sheets = {f"{room}/{seat}": {**SHEET, "number": number} for room in (0, 1)
                  for seat in SEATS}
        await host.ask("twenty sheets", "PUT", "/host/sheets", {"table": {}, "sheets": sheets})
    await host.client.aclose()


async def played(address: str, code: str, token: str) -> dict[str, list[float]]:
    """Times of a game that goes on for `SECONDS`."""
    times: dict[str, list[float]] = defaultdict(list)
    host = Timed(address, token, defaultdict(list))
    await host.ask("", "POST", "/host", {"kind": "begin", "settings": {
        "scenario": "teaching", "rooms": 2, "seats": SEATS}})
    tokens = [(await host.ask("", "POST", "/take", {"code": code, "room": room, "seat": seat}))
              ["token"] for room in (0, 1) for seat in SEATS]
    await host.client.aclose()
    await asyncio.gather(facilitator(address, token, times),
                         *(player(address, one, times, 0.25 * number / PLAYERS)
                           for number, one in enumerate(tokens)))
    return times


def main() -> None:
    """Print a line for each kind of request."""
    loop = median(fixed_loop() for _ in range(7))
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([*COMMAND, f"{folder}/room"], stdout=subprocess.PIPE,
                                  encoding="utf-8")
        try:
            assert server.stdout is not None
            told = "".join(server.stdout.readline() for _ in range(4))
            link = re.search(r"(http\S+)/room#(\S+)", told)
            code = re.search(r"with the code (\S+)", told)
            assert link and code, told
            times = asyncio.run(played(link[1], code[1], link[2]))
        finally:
            server.kill()
            server.wait()
    print(f"{PLAYERS} players for {SECONDS:g} s; the fixed loop takes {loop:.0f} ms")
    for what, found in times.items():
        print(f"{what:<24} {len(found):5} times  median {median(found):6.1f} ms "
              f"({median(found) / loop:.2f} loops)  worst {max(found):6.1f} ms")


if __name__ == "__main__":
    main()
