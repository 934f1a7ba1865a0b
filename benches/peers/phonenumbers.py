"""Texts a second that libphonenumber's matcher reads (PyPI `phonenumbers`), region NL, VALID.

Argument: the folder with `texts.txt`, one text a line. Prints one number: the middle one of three
runs, in processor time.
"""

import sys
import time

import phonenumbers

with open(sys.argv[1] + "/texts.txt", encoding="utf-8") as file:
    texts = file.read().splitlines()
seconds = []
for _ in range(3):
    began = time.process_time()
    found = sum(1 for text in texts for _ in phonenumbers.PhoneNumberMatcher(text, "NL"))
    seconds.append(time.process_time() - began)
assert found > 0
print(len(texts) / sorted(seconds)[1])
