"""Search by what people type: names of people and companies, occupations."""
