"""The employer's front door: register, file, answer, follow."""
