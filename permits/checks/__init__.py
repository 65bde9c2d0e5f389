"""The checks of the one window: asked for with each submission, completed or overridden."""
