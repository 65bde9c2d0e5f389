"""How letters leave the service: the mail server, what its answers mean, and the letter of a background job."""
