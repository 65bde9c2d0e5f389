"""What officers see of an employer, across its files."""
