"""Show the newest e-mail of the demo: `python3 -I wpis/development/embedded/demo/mailbox.py`; standard library only."""

import email
import email.policy
import os
import sys
from pathlib import Path

STATE = Path(os.environ.get("WPIS_STATE", Path(__file__).resolve().parents[4] / ".local"))
SEPARATOR = "-" * 79  # what Django's file backend writes after each message


def newest(directory: Path) -> str:
    """The last message that was written, its headers that matter and its text; "" when there is none."""
    files = sorted(directory.glob("*.log"), key=lambda path: path.stat().st_mtime)
    messages = files[-1].read_text().split(f"\n{SEPARATOR}") if files else []
    written = [message.strip() for message in messages if message.strip()]
    if not written:
        return ""
    message = email.message_from_string(written[-1], policy=email.policy.default)
    headers = [f"{name}: {message[name]}" for name in ("Date", "To", "Subject")]
    body = message.get_body(preferencelist=("plain", "html"))
    return "\n".join([*headers, "", body.get_content().strip() if body else ""])


if __name__ == "__main__":
    text = newest(STATE / "mail")
    if not text:
        sys.exit(f"No e-mail yet in {STATE / 'mail'}. The demo (make demo) writes what it sends there.")
    print(text)
