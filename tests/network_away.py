"""A network that can go away without saying so, as Wi-Fi does when one walks out of the house."""

from __future__ import annotations

import contextlib
import socket
import threading


class Network:
    """Passes bytes between a phone and a server until it is told to swallow them."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._away = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def go_away(self) -> None:
        """From now on nothing arrives, on open connections and on new ones."""
        self._away.set()

    def come_back(self) -> None:
        """New connections work again; the old ones stay dead, as in life."""
        self._away.clear()

    def close(self) -> None:
        """No more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = self._listener.accept()
                if self._away.is_set():
                    threading.Thread(target=_swallow, args=(phone,), daemon=True).start()
                    continue
                server = socket.create_connection(("127.0.0.1", self._to))
                dead = threading.Event()
                for here, there in ((phone, server), (server, phone)):
                    pump = (here, there, dead)
                    threading.Thread(target=self._pump, args=pump, daemon=True).start()

    def _pump(self, here: socket.socket, there: socket.socket, dead: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := here.recv(65536):
                if self._away.is_set():
                    dead.set()
                if not dead.is_set():
                    there.sendall(data)
            if not dead.is_set():
                there.shutdown(socket.SHUT_WR)


def _swallow(phone: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while phone.recv(65536):
            pass
