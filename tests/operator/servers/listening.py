"""Small servers of the test, all in one event loop of one thread."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Listening:
    """The thread; `serve` opens a port on the loopback, `close` ends all of them."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._servers: list[asyncio.Server] = []
        self._talks: set[asyncio.Task[None]] = set()

    def serve(self, talk: Talk) -> int:
        """Talk like this with everybody who connects; returns the port."""

        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._talks.add(task)
            try:
                await talk(reader, writer)
            except (OSError, EOFError, asyncio.CancelledError):
                pass  # the other side hung up, or TLS was refused
            finally:
                self._talks.discard(task)
                writer.close()

        async def start() -> int:
            server = await asyncio.start_server(one, "127.0.0.1", 0)
            self._servers.append(server)
            return int(server.sockets[0].getsockname()[1])

        return asyncio.run_coroutine_threadsafe(start(), self._loop).result(10)

    def close(self) -> None:
        """End every conversation and the thread."""

        async def end() -> None:
            for server in self._servers:
                server.close()
            talks = list(self._talks)
            for task in talks:
                task.cancel()
            await asyncio.gather(*talks, return_exceptions=True)
            await asyncio.sleep(0.2)  # the transports close themselves

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
