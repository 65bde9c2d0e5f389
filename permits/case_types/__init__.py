"""The case types: one file each says what an application of that type asks, waits for, and leads to."""
