"""What ties applications together, and the drawing of it."""
