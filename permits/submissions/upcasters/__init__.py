"""One module per version of the snapshot: `vN.upcast` turns a snapshot of version N-1 into one of version N.

Each is a pure function from dictionary to dictionary and is never edited once a release has written its version.
A version that only adds fields needs no module: the fields say `since=N`, and older snapshots read as None there.
"""
