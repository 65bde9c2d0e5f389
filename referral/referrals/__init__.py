"""The course of a referral: sending, reading, answering, withdrawing, reminding."""
