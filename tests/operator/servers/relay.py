"""Relays that speak TLS and pass the rest on to servers that have none; one answers PostgreSQL's SSLRequest first."""

import asyncio
import contextlib
import ssl
import struct
from dataclasses import dataclass

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104


@dataclass
class Relay:
    """Refuses whoever does not ask for TLS, as `hostssl` in pg_hba.conf; counts both."""

    target: int
    context: ssl.SSLContext
    encrypted: int = 0
    refused: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """From the first bytes of a client to the end of the connection."""
        while True:
            length, code = struct.unpack("!II", await reader.readexactly(8))
            if (length, code) == (8, GSS_REQUEST):
                writer.write(b"N")
                continue
            break
        if (length, code) != (8, SSL_REQUEST):
            self.refused += 1
            message = b"SFATAL\0C28000\0Mno pg_hba.conf entry for this host, no encryption\0\0"
            writer.write(b"E" + struct.pack("!I", len(message) + 4) + message)
            await writer.drain()
            return
        writer.write(b"S")
        await writer.drain()
        await writer.start_tls(self.context)
        self.encrypted += 1
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.target)
        with contextlib.closing(inner_writer):
            await asyncio.gather(_pass(reader, inner_writer), _pass(inner_reader, writer))


@dataclass
class PlainRelay:
    """TLS from the first byte, in front of a server that has none."""

    target: int
    context: ssl.SSLContext
    encrypted: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """From handshake to end."""
        await writer.start_tls(self.context)
        self.encrypted += 1
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.target)
        with contextlib.closing(inner_writer):
            await asyncio.gather(_pass(reader, inner_writer), _pass(inner_reader, writer))


async def _pass(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    finally:
        target.close()
