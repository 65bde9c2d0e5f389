"""Changes of how somebody signs in, and of who may act for whom: proof before, audit row and letters after."""
