"""Indicators about the employer: the company, and what it controls besides the job."""
