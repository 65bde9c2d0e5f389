"""Rules: indicators, rulesets, typologies, and the engine that puts them to facts."""
