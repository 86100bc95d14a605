"""Values and texts that nobody meant, but that somebody will type."""

from __future__ import annotations

from random import Random

NUMBERS = (
    "0", "1", "-1", "2", "0.5", "-0.0", "1e-9", "1e308", "1e999", "-1e400", "nan", ".nan", "inf",
    "-inf", "1_000", "1,317", "0,5", "010", "0x1F", "1e0", "1.", ".5", "50%", "12:30", "9" * 19,
    "9" * 400, "9" * 5000, "1/3", "--1", "+5", "1 000",
)
WORDS = (
    "", " ", "null", "~", "None", "true", "yes", "off", "teaching", "new_psa", "departmental",
    "all", "x" * 300, "x" * 20_000, "=1+1", "+x", "@sum", "-", "--help", "é", "\u202eabc", "日本語",
    "a\u0301", "😀", "$x^2$", "a b", "'a b'", '"a b"', "a'b", 'a"b', "\\", "\\n", "a\\", "#", "a#b",
    "{", "}", "[", "]", "(", "a,b", "a;b", "a:b", ": ", "&a", "*a", "!x", "%", "|", ">", "?", "- a",
    "..", "../x", "/", "/dev/null", "/dev/zero", "~nobody_here/x", ".", "x.yaml", "x/", "CON",
    "${worlds}", "${oc.env:NOPE}", "${oc.env:HOME}", "${", "${nope}", "${psasim_folder:}", "${.}",
    "???", "_target_", "2007-01-01", "range(1,3)", "choice(1,2)", "glob(*)", "sort(3,1)",
    "interval(0,1)", "int(3.5)", "str(1)", "float(x)", "tag(a,1)", "json_str({})", "extend_list(1)",
    "\t", "\n", "a\nb", "\x00", "\x1b[31m", "\x7f", "\ud800", "\udcff", "\u2028", "\ufeff",
)
SHAPES = (
    "[]", "{}", "[1]", "[a,b]", "[[]]", "{a:1}", "{a:{b:c}}", "[1,{a:[]}]", "{strength:1}",
    "[null]", "{1:2}", "{a:1,a:2}", "[" * 200 + "]" * 200, "{a:" * 200 + "1" + "}" * 200,
    "[" * 2000, "[new_psa]", "[new_psa,new_psa]", "{x:{sanctions:{strength:1}}}",
    "{design:lhs,samples:3,over:all}", "{design:table,file:nope.csv}", "{design:nope}",
    "{design:factorial,over:[inertia]}", "{over:{inertia:[0.1,0.2]}}", "{base:{lead:1}}",
)


def odd(random: Random) -> str:
    """One of them, most often a number."""
    return random.choice(random.choice((NUMBERS, NUMBERS, WORDS, WORDS, SHAPES)))


def misspelt(random: Random, word: str) -> str:
    """A word with a slip of the finger."""
    if not word:
        return "x"
    at = random.randrange(len(word))
    return random.choice((
        word[:at] + word[at + 1:], word[:at] + word[at] + word[at:], word.upper(), word + "s",
        word[:at] + random.choice("abcxyz_-.1 ") + word[at + 1:], f"{word}.{word}", f".{word}",
    ))
