"""A wire that can be cut, between a browser and the server: a TCP proxy on the loopback address, without privileges.

Throttling by the browser itself leaves WebSocket frames alone, so it proves nothing about a live connection.
"""

import asyncio
import threading


class Wire:
    """Listens on `port`, passes everything on to `target` (host, port), until it is cut."""

    def __init__(self, target):
        self._target, self._up, self._writers = target, True, set()
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True).start()
        self._ready.wait(10)

    async def _run(self):
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def _accept(self, reader, writer):
        if not self._up:
            writer.transport.abort()
            return
        there_reader, there_writer = await asyncio.open_connection(*self._target)
        ends = {writer, there_writer}
        self._writers |= ends
        await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        self._writers -= ends

    async def _pump(self, reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.close()
        except OSError:
            writer.transport.abort()

    def cut(self):
        """The Wi-Fi is gone: every connection breaks, new ones are refused."""
        self._up = False

        def abort():
            for writer in list(self._writers):
                writer.transport.abort()

        self._loop.call_soon_threadsafe(abort)

    def restore(self):
        """It is back."""
        self._up = True
