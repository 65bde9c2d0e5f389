"""The statutory clocks of the referral: dated values in this folder, read like the law book."""
