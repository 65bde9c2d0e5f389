"""The patterns that are planted in the synthetic country, each with the stories that tell it."""
