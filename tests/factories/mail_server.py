"""A mail server that takes letters, refuses them, or loses its line at the worst moment, as it is told to.

It keeps what it took, whether or not it said so: what a person may find in their mailbox.
"""

import asyncio
import email
import email.policy
import threading
from collections.abc import Callable
from email.message import EmailMessage
from enum import StrEnum


class Act(StrEnum):
    """What happens to one letter."""

    TAKE = "taken and said so"
    DROP_AFTER = "taken, and the line is cut before the answer"
    SILENT_AFTER = "taken, and no answer comes"
    GARBLED_AFTER = "taken, and the answer is no answer"
    CUT_AT_QUIT = "taken and said so, and the line is cut at goodbye"
    GARBLED_AT_QUIT = "taken and said so, and goodbye is no answer"
    REFUSE_SENDER = "refused at MAIL"
    REFUSE_RECIPIENT = "refused at RCPT for now"
    UNKNOWN_RECIPIENT = "refused at RCPT for good"
    REFUSE_DATA = "refused at DATA"
    REFUSE_CONTENT = "refused after the content"
    CUT_AT_RECIPIENT = "the line is cut at RCPT"
    CUT_AT_GREETING = "the line is cut instead of a greeting"


TAKEN = {
    Act.TAKE, Act.DROP_AFTER, Act.SILENT_AFTER, Act.GARBLED_AFTER, Act.CUT_AT_QUIT, Act.GARBLED_AT_QUIT
}  # fmt: skip
REFUSALS = {
    (Act.REFUSE_SENDER, "MAIL"): "451 not now",
    (Act.REFUSE_RECIPIENT, "RCPT"): "450 not now",
    (Act.UNKNOWN_RECIPIENT, "RCPT"): "550 nobody of that name",
    (Act.REFUSE_DATA, "DATA"): "452 full",
}


class MailServer:
    """`decide` is asked what happens at each connection; `letters` are those that were taken, the oldest first."""

    def __init__(self, decide: Callable[[], Act] = lambda: Act.TAKE) -> None:
        self.decide = decide
        self.letters: list[EmailMessage] = []
        self.taken = threading.Event()

    @property
    def addresses(self) -> list[str]:
        """To whom letters were taken, one entry a letter."""
        return [str(letter["To"]) for letter in self.letters]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One session."""
        act = self.decide()
        if act is Act.CUT_AT_GREETING:
            return
        _say(writer, "220 mail.example.am")
        while line := (await reader.readline()).decode("ascii", "replace").strip():
            verb = line.split(" ")[0].upper()
            if (act, verb) in {(Act.CUT_AT_RECIPIENT, "RCPT"), (Act.CUT_AT_QUIT, "QUIT")}:
                return
            if answer := REFUSALS.get((act, verb)):
                _say(writer, answer)
            elif verb == "DATA":
                _say(writer, "354 go on")
                await writer.drain()
                if not await self._content(act, reader, writer):
                    return
            elif verb == "QUIT":
                _say(writer, "what?" if act is Act.GARBLED_AT_QUIT else "221 bye")
                await writer.drain()
                return
            else:
                _say(writer, "250 fine")
            await writer.drain()

    async def _content(self, act: Act, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Take or refuse the letter itself; whether the line stays."""
        data = await reader.readuntil(b"\r\n.\r\n")
        if act is Act.REFUSE_CONTENT:
            _say(writer, "554 not like this")
            return True
        letter = email.message_from_bytes(data.removesuffix(b".\r\n"), policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.taken.set()
        if act is Act.DROP_AFTER:
            return False
        if act is Act.SILENT_AFTER:
            await asyncio.sleep(60)
        _say(writer, "what?" if act is Act.GARBLED_AFTER else "250 taken")
        return True


def _say(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
