"""Errors of the embedded servers."""


class CannotStart(RuntimeError):
    """A server or process did not come up; the text tells the person at the terminal why and what to do."""


class AlreadyRunning(CannotStart):
    """Another supervisor holds this state directory."""
