"""What employers are told when their permits were signed again; `permits.actions.signing` signs them."""
