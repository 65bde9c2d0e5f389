"""The employers: what they do, where, in which houses their workers live, and which recruiters they use."""
