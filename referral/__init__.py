"""Referral: confirmed alerts go to caseworkers and agencies, with the person's consent and statutory deadlines."""
