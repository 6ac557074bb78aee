"""Draws again: python3 draws.py PROMISE SECRET COMMENT-ID..."""
from hashlib import sha256
from sys import argv, exit

def digest(text):
    return sha256(text.encode()).hexdigest()

promise, secret, *comments = argv[1:]
if digest(secret) != promise:
    exit("The secret is not the one that was promised")
print(min(comments, key=lambda comment: digest(secret + "\n" + comment)))
