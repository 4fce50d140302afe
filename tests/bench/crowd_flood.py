"""Hostile log-ins: so many connections a second from many addresses, none of them anybody's.

Run by itself: `python -m tests.bench.crowd_flood PORT A_SECOND SECONDS`; it says in JSON how many
of each kind it made. A third says nothing, a third speaks garbage, and a third goes through the
whole key exchange and offers an unknown key. Half come from a few addresses, half from anywhere.

It is nice: those who attack a desk do not compute on its machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from itertools import cycle
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

KINDS = ("silent", "garbage", "key")
FEW = tuple(f"127.9.9.{place}" for place in range(1, 5))
HELD_S = 20.0
"""As long as a stranger may stay."""
_VERSION = b"SSH-2.0-flood"
_OFFERED = (
    *("curve25519-sha256", "ssh-ed25519", "aes128-gcm@openssh.com", "aes128-gcm@openssh.com"),
    *("hmac-sha2-256-etm@openssh.com", "hmac-sha2-256-etm@openssh.com", "none", "none", "", ""),
)
_SECRET = X25519PrivateKey.generate()
"""One for all: it costs the attacker less."""
_PUBLIC = _SECRET.public_key().public_bytes_raw()
_KEXINIT, _NEWKEYS, _INIT = 20, 21, 30
_SERVICE, _ASKED, _FAILURE = 5, 50, 51

made: Counter[str] = Counter()


def text(said: bytes) -> bytes:
    """A string as SSH writes it."""
    return len(said).to_bytes(4, "big") + said


def number(value: bytes) -> bytes:
    """A positive number as SSH writes it."""
    short = value.lstrip(b"\0")
    return text(b"\0" + short if short and short[0] & 0x80 else short)


def packet(payload: bytes, block: int, counted: int) -> bytes:
    """A payload with its padding; `counted` are the bytes of the length that are padded, too."""
    padding = block - (counted + 1 + len(payload)) % block
    padding += block if padding < 4 else 0
    return (
        (1 + len(payload) + padding).to_bytes(4, "big")
        + bytes([padding])
        + payload
        + bytes(padding)
    )


def hello() -> bytes:
    """What is offered."""
    lists = b"".join(text(name.encode()) for name in _OFFERED)
    return bytes([_KEXINIT]) + os.urandom(16) + lists + bytes(5)


class Sealed:
    """One direction after the keys were exchanged."""

    def __init__(self, start: bytes, key: bytes) -> None:
        self._start, self._cipher, self._count = start[:12], AESGCM(key[:16]), 0

    def _nonce(self) -> bytes:
        count = (int.from_bytes(self._start[4:], "big") + self._count) % (1 << 64)
        self._count += 1
        return self._start[:4] + count.to_bytes(8, "big")

    def seal(self, payload: bytes) -> bytes:
        """A packet as it goes over the line."""
        plain = packet(payload, 16, 0)
        return plain[:4] + self._cipher.encrypt(self._nonce(), plain[4:], plain[:4])

    async def open(self, reader: asyncio.StreamReader) -> bytes:
        """The next payload."""
        length = await reader.readexactly(4)
        sealed = await reader.readexactly(int.from_bytes(length, "big") + 16)
        plain = self._cipher.decrypt(self._nonce(), sealed, length)
        return plain[1 : len(plain) - plain[0]]


async def unsealed(reader: asyncio.StreamReader) -> bytes:
    """The next payload before the keys were exchanged."""
    length = int.from_bytes(await reader.readexactly(4), "big")
    plain = await reader.readexactly(length)
    return plain[1 : length - plain[0]]


async def exchanged(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> tuple[Sealed, Sealed]:
    """Both directions; nobody looks whose host key it is."""
    mine = hello()
    init = bytes([_INIT]) + text(_PUBLIC)
    writer.write(_VERSION + b"\r\n" + packet(mine, 8, 4) + packet(init, 8, 4))
    version = (await reader.readline()).rstrip(b"\r\n")
    theirs = await unsealed(reader)
    reply = await unsealed(reader)
    parts, rest = [], reply[1:]
    for _ in range(2):
        end = 4 + int.from_bytes(rest[:4], "big")
        parts.append(rest[4:end])
        rest = rest[end:]
    shared = number(_SECRET.exchange(X25519PublicKey.from_public_bytes(parts[1])))
    told = (_VERSION, version, mine, theirs, parts[0], _PUBLIC, parts[1])
    proof = sha256(b"".join(map(text, told)) + shared).digest()

    def key(letter: bytes) -> bytes:
        return sha256(shared + proof + letter + proof).digest()

    await unsealed(reader)  # its NEWKEYS
    writer.write(packet(bytes([_NEWKEYS]), 8, 4))
    return Sealed(key(b"A"), key(b"C")), Sealed(key(b"B"), key(b"D"))


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Says nothing."""
    await reader.read()


async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speaks no SSH."""
    writer.write(random.randbytes(400) + b"\n")
    await reader.read()


async def key(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Offers a key that is nobody's, and hears that it is none."""
    out, back = await exchanged(reader, writer)
    made["exchanged"] += 1
    writer.write(out.seal(bytes([_SERVICE]) + text(b"ssh-userauth")))
    offered = text(b"ssh-ed25519") + text(random.randbytes(32))
    words = (b"root", b"ssh-connection", b"publickey")
    asked = b"".join(map(text, words)) + b"\0" + text(b"ssh-ed25519") + text(offered)
    writer.write(out.seal(bytes([_ASKED]) + asked))
    while (await back.open(reader))[0] != _FAILURE:
        pass
    made["key refused"] += 1
    await reader.read()


SPEAKS: dict[
    str, Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]
] = {"silent": silent, "garbage": garbage, "key": key}


async def comes(port: int, kind: str, address: str) -> None:
    """One connection, until the desk has had enough of it."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    except OSError:
        made["not connected"] += 1
        return
    made[kind] += 1
    with suppress(OSError, EOFError, TimeoutError):
        await asyncio.wait_for(SPEAKS[kind](reader, writer), HELD_S)
    writer.close()


async def flood(port: int, a_second: float, seconds: float) -> None:
    """So many a second, as the clock says, for so long."""
    dice, kinds, began = random.Random(7), cycle(KINDS), clock.monotonic()
    tasks: set[asyncio.Task[None]] = set()
    for place in range(int(a_second * seconds)):
        await asyncio.sleep(began + place / a_second - clock.monotonic())
        anywhere = f"127.{dice.randint(10, 250)}.{dice.randint(0, 250)}.{dice.randint(1, 250)}"
        address = dice.choice(FEW) if dice.random() < 0.5 else anywhere
        task = asyncio.create_task(comes(port, next(kinds), address))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    made["seconds"] = round(clock.monotonic() - began)
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    os.nice(10)
    asyncio.run(flood(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
    print(json.dumps(made))
