"""The person's answers: what each allows, recording one, taking one back."""
