"""What data an agency is shown: the catalogue of fields, the packet, and how both are presented."""
