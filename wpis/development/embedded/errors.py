"""What the embedded servers say when they cannot do their work."""


class CannotStart(RuntimeError):
    """A server or process did not come up; the text tells the person at the terminal why and what to do."""


class AlreadyRunning(CannotStart):
    """Another supervisor holds this state directory."""
