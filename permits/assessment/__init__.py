"""What a file itself shows that speaks against an approval; the same for every reader, and no decision by itself."""
