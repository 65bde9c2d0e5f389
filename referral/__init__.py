"""Referral: confirmed suspicions go to caseworkers, agencies and services, with consent, clocks and care."""
