"""The administration of staff: who works on a surface, in which role and until when."""
