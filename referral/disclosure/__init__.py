"""What data an agency is shown: the packet of a referral, and how its fields are presented."""
