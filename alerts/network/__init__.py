"""Links between applications, and their drawing."""
