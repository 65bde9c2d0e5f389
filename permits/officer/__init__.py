"""The officer's front door: queue, file, question, decision."""
