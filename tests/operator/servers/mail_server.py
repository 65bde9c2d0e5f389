"""A mail server that takes letters only over STARTTLS and only from one who shows name and password.

Thirty lines of SMTP instead of a package: this test alone needs them, and they must see what comes before TLS.
"""

import asyncio
import base64
import email
import email.policy
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class MailServer:
    """Keeps what it was sent, the oldest first; `early` holds commands that came before TLS and had to wait for it."""

    context: ssl.SSLContext
    user: str
    password: str
    letters: list[EmailMessage] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    refused: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One session."""
        encrypted = known = False
        _say(writer, "220 mail.example.am")
        while line := (await reader.readline()).decode("ascii", "replace").strip():
            verb = line.split(" ")[0].upper()
            if verb == "QUIT":
                _say(writer, "221 bye")
                return
            if verb in ("EHLO", "HELO"):
                _say(writer, "250-mail.example.am", "250 AUTH PLAIN" if encrypted else "250 STARTTLS")
            elif verb == "STARTTLS" and not encrypted:
                _say(writer, "220 go on")
                await writer.drain()
                await writer.start_tls(self.context)
                encrypted = True
            elif not encrypted:
                self.early.append(line)
                _say(writer, "530 STARTTLS first")
            elif verb == "AUTH":
                known = line.split(" ")[2:] == [self._secret()]
                self.refused += not known
                _say(writer, "235 welcome" if known else "535 wrong name or password")
            elif not known:
                _say(writer, "530 AUTH first")
            elif verb == "DATA":
                _say(writer, "354 go on")
                await writer.drain()
                self._keep(await reader.readuntil(b"\r\n.\r\n"))
                _say(writer, "250 taken")
            else:
                _say(writer, "250 fine")
            await writer.drain()

    def to(self, address: str) -> list[str]:
        """The texts of the letters to one address."""
        found = [letter for letter in self.letters if address in str(letter["To"])]
        bodies = [letter.get_body(preferencelist=("plain", "html")) for letter in found]
        return [body.get_content() for body in bodies if body is not None]

    def _keep(self, data: bytes) -> None:
        written = data.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        letter = email.message_from_bytes(written, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)

    def _secret(self) -> str:
        return base64.b64encode(f"\0{self.user}\0{self.password}".encode()).decode()


def _say(writer: asyncio.StreamWriter, *lines: str) -> None:
    writer.write("".join(f"{line}\r\n" for line in lines).encode())
