"""Queues letters to one address each, as the portal does: `python -m tests.faults.letter_writer COUNT`."""

import sys

import django


def main(count: int) -> None:
    """One letter to each of `count` addresses."""
    from django.core.mail import EmailMessage

    from wpis import clock
    from wpis.accounts.signing_up import letters

    for number in range(count):
        letter = EmailMessage("News", "There is news.", to=[f"n{number}@example.am"])
        letters.queue(letter, at=clock.now())


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
