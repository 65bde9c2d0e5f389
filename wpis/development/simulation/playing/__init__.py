"""Plays a country through the real actions of the installed apps, one day after the other."""
