"""What an application lacks, what stands in its way, and what its applicant should look at again before filing."""
