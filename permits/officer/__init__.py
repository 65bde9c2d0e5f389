"""The officer's pages: queue, file, question, decision."""
