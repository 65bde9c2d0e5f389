"""The one way in which this process refuses a file."""


class Refused(Exception):
    """The file is refused; the text is a value of `verdicts.Refusal`."""
