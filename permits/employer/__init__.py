"""The employer's pages: register, file, answer questions, track applications."""
