"""Bounds what strangers can write into the trail: whatever they do, so many events in a stretch of time and no more.

Counted is by what they typed and where they come from, never by what exists, and with the same statements. Whoever
goes beyond leaves one event that says so. Of one kind on one surface there are at most `SHARDS * OF_A_SHARD.requests`
in ten minutes; a stranger with many networks spreads over the shards, so nobody waits long for a count.
"""

import enum
import zlib
from datetime import datetime, timedelta

from wpis.rate_limits.limiter import RateLimit, check_rate_limit, read_wait

HOUR, TEN_MINUTES = timedelta(hours=1), timedelta(minutes=10)
SHARDS = 16
REPEATED = RateLimit("recorded: the same again", 1, timedelta(minutes=15))
OF_A_NETWORK = RateLimit("recorded: of a network", 30, HOUR)
MORE_OF_A_NETWORK = RateLimit("recorded: that there were more of a network", 1, HOUR)
OF_A_SHARD = RateLimit("recorded: of many networks", 15, TEN_MINUTES)
MORE_OF_A_SHARD = RateLimit("recorded: that there were more of many networks", 1, TEN_MINUTES)


class Room(enum.Enum):
    """What there is room for: the event itself, one that says that there were more, or none."""

    ONE = "one"
    MORE = "more"
    NONE = "none"


def room_for(kind: str, what: str, network: str, *, at: datetime) -> Room:
    """Count an event of this kind about `what` from this network, and say what of it may be recorded."""
    if not _counted(REPEATED, f"{kind} {what} {network}", at):
        return Room.NONE
    shard = f"{kind} {zlib.crc32(network.encode()) % SHARDS}"
    said = Room.ONE
    if not _counted(OF_A_NETWORK, f"{kind} {network}", at):
        if not _counted(MORE_OF_A_NETWORK, f"{kind} {network}", at):
            return Room.NONE
        said = Room.MORE
    if _counted(OF_A_SHARD, shard, at):
        return said
    return Room.MORE if _counted(MORE_OF_A_SHARD, shard, at) else Room.NONE


def _counted(limit: RateLimit, caller: str, at: datetime) -> bool:
    """Whether it was counted; a count that is full is only looked at, so that a flood waits for no lock."""
    return read_wait(limit, caller, at=at) is None and check_rate_limit(limit, caller, at=at) is None
