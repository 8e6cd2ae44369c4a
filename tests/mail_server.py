"""A small mail server on a port of its own, which can hang, or refuse what it is given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

WORKS, HANGS, REFUSES, HANGS_UP = "works", "hangs", "refuses", "hangs up"


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.port = int(self.server_address[1])
        self.state = WORKS
        self.refused_person = ""
        self.calls = 0
        self.mails: list[EmailMessage] = []
        self.closed = threading.Event()

    @property
    def people(self) -> list[str]:
        """Who got mail, in order."""
        return [str(mail["To"]) for mail in self.mails]


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.calls += 1
        if self.server.state == HANGS:
            self.server.closed.wait(60)
            return
        if self.server.state == HANGS_UP:
            return
        self.say("220 here")
        while line := self.rfile.readline():
            command = line.decode().strip().upper()
            if command.startswith("RCPT") and self.refuses(line.decode()):
                self.say("550 nobody of that name")
            elif command == "DATA":
                self.take_mail()
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def refuses(self, line: str) -> bool:
        person = self.server.refused_person
        return self.server.state == REFUSES or bool(person and person in line)

    def take_mail(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), EmailMessage, policy=policy.default)
        self.server.mails.append(mail)
        self.say("250 taken")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closed.set()
            server.shutdown()
            thread.join()
