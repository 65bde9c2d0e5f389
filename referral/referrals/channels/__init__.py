"""Ways of getting a referral to an agency; the directory of agencies names one for each."""
