"""Indicators about money: deductions, what the worker pays, and the account that the wage goes to."""
