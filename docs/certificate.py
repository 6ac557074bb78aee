"""Checks an export, or one viewer's receipts: python3 certificate.py FILE

Exits 0 where the file is true, else 1 with the first line that is not.
docs/certificate.md has the format. Python's standard library alone.
"""
import json
import re
import sys
from hashlib import sha256

MANY = {"roundStarted", "lateCounted", "undone", "redone"}


class Wrong(Exception):
    """What is wrong with a line."""


def digest(data):
    return sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def refuse(constant):
    raise ValueError(constant)


def parse(data):
    try:
        value = json.loads(data.decode(), parse_constant=refuse)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read(data):
    """Lines as (number, hash, value), empty ones left out."""
    lines = []
    for number, line in enumerate(data.split(b"\n"), 1):
        line = line[:-1] if line.endswith(b"\r") else line
        if line.strip():
            lines.append((number, digest(line), parse(line)))
    return lines


def shape_faults(lines):
    """A header, entries in order, one end: seen without the chain."""
    faults, seq, ended = {}, 0, False
    for i, (number, _, value) in enumerate(lines):
        if ended:
            faults[number] = "there is more after the end"
        elif value is None:
            faults[number] = "this is not JSON"
        elif i == 0:
            known = r"tiktok-live-support/[12]"
            if not re.fullmatch(known, str(value.get("format"))):
                faults[number] = "this is no header that is known here"
        elif value.get("type") == "end":
            ended = True
            if value.get("seq") != seq:
                faults[number] = "it announces another number of entries"
        else:
            seq += 1
            if value.get("seq") != seq:
                faults[number] = "a line is missing, doubled or out of place"
                if is_whole(value.get("seq")):
                    seq = value["seq"]
    if not lines:
        faults[1] = "the file is empty"
    elif not ended:
        faults.setdefault(lines[-1][0], "the file stops without its end")
    return faults


def closing_hash(end):
    short = {name: end.get(name) for name in ("type", "seq", "board", "tree")}
    short["apart"] = digest(compact(end.get("apart")))
    short["prev"] = end.get("prev")
    return digest(compact(short))


def chain_faults(lines, known):
    """Where the hash of a line is not what the next one has of it."""
    def torn(i):
        after = lines[i + 1][2] if i + 1 < len(lines) else {"prev": lines[i][1]}
        return (after or {}).get("prev") != lines[i][1]

    faults = {}
    for i in range(len(lines) - 1):
        following = lines[i + 1]
        if not torn(i) or following[0] in known:
            continue
        end = following[2] if (following[2] or {}).get("type") == "end" else None
        other = end and "hash" in end and end["hash"] != closing_hash(end)
        line = following if torn(i + 1) or other else lines[i]
        faults.setdefault(line[0], "it was changed: the chain is broken here")
    return faults


class Viewer:
    """The receipts of one viewer, as far as the entries tell them."""

    def __init__(self):
        self.receipts, self.points = [], 0

    def take(self, entry, points):
        if points:
            told = (entry["seq"], entry["at"], entry["type"], points)
            self.receipts.append(told)
            self.points += points


def play(entries, apart):
    """Everybody's receipts, in the order in which viewers came."""
    viewers = {}
    told = {(seq, one["id"]): points
            for one in apart for seq, points in one.get("receipts", [])}
    for entry in entries:
        viewer = entry.get("viewerId")
        if viewer is not None:
            viewers.setdefault(viewer, Viewer())
        many = entry["type"] in MANY
        for name in viewers if many else [viewer] if viewer is not None else []:
            own = entry.get("points", 0) if name == viewer else 0
            if entry["type"] == "roundStarted":
                own = -viewers[name].points if entry["fromZero"] else 0
            if many:
                own = told.get((entry["seq"], name), own)
            viewers[name].take(entry, own)
    return viewers


def board_of(viewers, apart):
    """The board's hash: points first, then who got there first."""
    rows = []
    for name, viewer in viewers.items():
        about = apart.get(name, {})
        if viewer.points < 0:
            raise Wrong(f"{name} has less than nothing")
        if viewer.points and not about.get("off"):
            reached = about.get("reached", viewer.receipts[-1][0])
            rows.append((-viewer.points, reached, name))
    return digest("\n".join(f"{name}\t{-less}" for less, _, name in sorted(rows)))


def leaf(salt, name, stars, points, receipts):
    lines = [salt, name, stars, points]
    lines += [" ".join(map(str, receipt)) for receipt in receipts]
    return digest("\n".join(map(str, lines)))


def root_of(level):
    while len(level) > 1:
        pairs = [level[i:i + 2] for i in range(0, len(level), 2)]
        level = [digest("".join(pair)) if pair[1:] else pair[0] for pair in pairs]
    return level[0] if level else digest("")


def check_draws(lines):
    """Each draw by the secret that was promised; the first wrong line."""
    promise, comments, drawn, undone = None, {}, {}, set()
    for number, _, entry in lines:
        kind, seq = entry["type"], entry["seq"]
        if kind == "commented":
            comments.setdefault(entry["id"], (entry["viewerId"], seq))
        elif kind in ("undone", "winTakenBack"):
            undone.add(entry["of"])
        elif kind == "redone":
            undone.discard(entry["of"])
        elif kind == "winnerSelected" and "secret" in entry:
            secret, listed = entry["secret"], entry["drawnFrom"]
            again = any(
                win in undone and before["secret"] == secret
                and before["viewerId"] == entry["viewerId"]
                and set(listed) <= set(before["drawnFrom"])
                for win, before in drawn.items())
            if promise is not None and digest(secret) != promise and not again:
                return number, "the secret is not the one that was promised"
            drawn[seq] = entry
            least = min(listed, key=lambda one: digest(secret + "\n" + one))
            if least != entry["commentId"]:
                return number, "the secret draws another comment"
            places = [comments.get(one, (None, 0)) for one in listed]
            theirs = all(who == entry["viewerId"] for who, _ in places)
            if not theirs or places != sorted(places, key=lambda at: at[1]):
                return number, "the list is not what this viewer had said"
        promise = entry.get("draw", promise)
    return None


def check_end(lines):
    """Board, sums of receipts and tree, against the closing line."""
    entries, end = [value for _, _, value in lines[1:-1]], lines[-1][2]
    known = ["type", "seq", "board", "tree", "apart", "hash", "prev"]
    if list(end) != known:
        raise Wrong("it is no closing line")
    if end["hash"] != closing_hash(end):
        raise Wrong("it was changed: its own hash is another one")
    viewers = play(entries, end["apart"])
    apart = {one["id"]: one for one in end["apart"]}
    if board_of(viewers, apart) != end["board"]:
        raise Wrong("the receipts do not give this board")
    leaves = [
        leaf(digest(f"{entries[-1]['prev']}\n{name}"), name,
             apart.get(name, {}).get("stars", 0), one.points, one.receipts)
        for name, one in viewers.items()]
    if root_of(leaves) != end["tree"]:
        raise Wrong("the receipts do not give this tree")
    return end["hash"]


def check_export(data):
    """The closing hash, or (line, what is wrong)."""
    lines = read(data)
    faults = shape_faults(lines)
    faults.update({**chain_faults(lines, faults), **faults})
    if faults:
        return None, min(faults.items())
    wrong = check_draws(lines[1:-1])
    if wrong:
        return None, wrong
    if "hash" not in lines[-1][2] and "tree" not in lines[-1][2]:
        return "none yet: an earlier program made it, only its chain is checked", None
    try:
        return check_end(lines), None
    except (Wrong, KeyError, TypeError, ValueError, AttributeError) as error:
        return None, (lines[-1][0], error)


def check_receipts(file):
    """The same of one viewer's file."""
    try:
        rows = file["receipts"]
        if sum(points for _, _, _, points in rows) != file["points"]:
            return None, (1, "the receipts are not the points")
        node = leaf(file["salt"], file["viewerId"], file["stars"], file["points"], rows)
        for side, other in file["proof"]:
            node = digest(other + node if side == "left" else node + other)
        if node != file["end"]["tree"]:
            return None, (1, "the receipts do not lead to the root")
        return digest(compact(file["end"])), None
    except (KeyError, TypeError, ValueError) as error:
        return None, (1, error)


def main(path):
    with open(path, "rb") as file:
        data = file.read()
    whole = parse(data)
    receipts = whole and str(whole.get("format")).endswith("/receipts/1")
    closing, wrong = check_receipts(whole) if receipts else check_export(data)
    if wrong:
        print(f"line {wrong[0]}: {wrong[1]}")
        return 1
    print(f"true; closing hash {closing}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
