"""How good and how fast groups are drawn, beside what others do. `python bench/grouping.py --help`

The others' rules are written anew from reading their sources: a plain shuffle (Zoom, Moodle), BigBlueButton's (a random
room for everybody), Jitsi's (a shuffled list cut into pieces of ceil(n/groups)) and GroupSelect's (sorted by
attributes, each to the group with fewest of their value; 100 tries a round, the best of 100 mixtures of them).
"""

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.thinking import grouping  # noqa: E402
from tests.thinking.judge import faults, groups_per_round, imbalance, meetings, repeats, workshop  # noqa: E402

THREE = {"region": (28, 24, 20, 16, 12), "gender": (52, 45, 3), "work": (40, 35, 25)}


def of_hundred(n):
    """Three attributes whose values are as frequent among n people as THREE says."""
    return {name: [count * n // 100 for count in counts] for name, counts in THREE.items()}


INSTANCES = {
    "17/3/3 + 5 regions": workshop(17, 3, 3, values={"region": [6, 3, 2, 3, 3]}),
    "18/6/3": workshop(18, 6, 3),
    "18/6/8": workshop(18, 6, 8),
    "19/3/3": workshop(19, 3, 3),
    "20/5/4": workshop(20, 5, 4),
    "20/5/5": workshop(20, 5, 5),
    "21/4/4": workshop(21, 4, 4),
    "24/6/5 + gender": workshop(24, 6, 5, values={"gender": [13, 11]}),
    "25/5/6": workshop(25, 5, 6),
    "30/6/5": workshop(30, 6, 5),
    "32/8/8": workshop(32, 8, 8),
    "32/8/9": workshop(32, 8, 9),
    "32/8/10": workshop(32, 8, 10),
    "45/3/4": workshop(45, 3, 4),
    "50/8/4": workshop(50, 8, 4),
    "50/8/4 + 2 attributes": workshop(50, 8, 4, values={"region": [17, 17, 12, 4], "gender": [28, 22]}),
    "60/4/4": workshop(60, 4, 4),
    "100/12/6": workshop(100, 12, 6),
    "100/12/6 + 3 attributes": workshop(100, 12, 6, values=of_hundred(100)),
    "300/40/6 + 3 attributes": workshop(300, 40, 6, values=of_hundred(300)),
    "1000/100/5": workshop(1000, 100, 5),
    "1000/100/5 + 3 attributes": workshop(1000, 100, 5, values=of_hundred(1000)),
}


def shuffle(instance, seed):
    """Everybody shuffled anew each round and dealt out."""
    chance = random.Random(seed)
    return [_deal(chance.sample(_ids(instance), len(_ids(instance))), g) for g in groups_per_round(instance)]


def bigbluebutton(instance, seed):
    """A random room for everybody: rooms of very different sizes."""
    chance = random.Random(seed)
    rounds = []
    for count in groups_per_round(instance):
        rooms = [[] for _ in range(count)]
        for x in _ids(instance):
            rooms[chance.randrange(count)].append(x)
        rounds.append(rooms)
    return rounds


def jitsi(instance, seed):
    """A shuffled list cut into pieces of ceil(n / groups): the last rooms may be small or empty."""
    chance = random.Random(seed)
    rounds = []
    for count in groups_per_round(instance):
        mixed = chance.sample(_ids(instance), len(_ids(instance)))
        size = -(-len(mixed) // count)
        rounds.append([mixed[at * size : (at + 1) * size] for at in range(count)])
    return rounds


def groupselect(instance, seed, tries=100):
    """Sorted by attributes, each to a group with fewest of their value; rounds drawn alone, then mixtures compared."""
    chance = random.Random(seed)
    attrs = {p["id"]: p["attrs"] for p in instance["participants"]}
    names = instance["balance"]
    drawn = []
    for count in groups_per_round(instance):
        drawn.append([_spread(chance.sample(sorted(attrs), len(attrs)), attrs, names, count) for _ in range(tries)])
    mixtures = [[chance.choice(ways) for ways in drawn] for _ in range(tries)]
    return max(mixtures, key=lambda rounds: len(meetings({}, rounds)))


def _spread(people, attrs, names, count):
    groups = [[] for _ in range(count)]
    room = -(-len(people) // count)
    for x in sorted(people, key=lambda x: [attrs[x][name] for name in names]):
        open_ = [g for g in groups if len(g) < room]
        for name in names:
            often = [sum(attrs[y][name] == attrs[x][name] for y in g) for g in open_]
            open_ = [g for g, seen in zip(open_, often, strict=True) if seen == min(often)]
        min(open_, key=len).append(x)
    return groups


def _ids(instance):
    return [p["id"] for p in instance["participants"]]


def _deal(people, count):
    return [people[g::count] for g in range(count)]


def figures(instance, drawn):
    """Medians of E, Q and imbalance over some plans, as `E / Q [imbalance]`."""
    counted = [(*repeats(instance, rounds), imbalance(instance, rounds)) for rounds in drawn]
    e, q, i = (median(column) for column in zip(*counted, strict=True))
    return f"{e:g} / {q:g}" + (f" [{i:g}]" if instance["balance"] else "")


def compare(instances, seeds):
    """A Markdown table of every instance: bounds, the others, and Baraza."""
    print("| instance | bound E / Q | plain shuffle | BigBlueButton | Jitsi | GroupSelect | **Baraza** | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    for name, instance in instances.items():
        others = [
            figures(instance, [rule(instance, f"{k}") for k in range(seeds)])
            for rule in (shuffle, bigbluebutton, jitsi)
        ]
        selected = (
            figures(instance, [groupselect(instance, f"{k}") for k in range(min(3, seeds))])
            if instance["balance"] and len(instance["participants"]) <= 100
            else ""
        )
        plans, seconds = [], []
        for k in range(seeds):
            started = time.process_time()
            plans.append(grouping.plan(instance, f"{k}"))
            seconds.append(time.process_time() - started)
            assert faults(instance, plans[-1].rounds) == []
        report = plans[0].report
        mine = figures(instance, [plan.rounds for plan in plans])
        bound = f"{report['bound_E']} / {report['bound_Q']}"
        print(
            f"| {name} | {bound} | {' | '.join(others)} | {selected} | **{mine}** | {median(seconds):.2f} |", flush=True
        )


def lateness(request):
    """How late a sleep of 5 ms wakes up, idle and while the worker draws: (p50, p99, most) in ms of each."""
    command = ["nice", "-n", "10", sys.executable, "-m", "app.thinking.worker"]
    text = json.dumps(request).encode()
    idle = probed(lambda: time.sleep(2))
    drawing = probed(lambda: subprocess.run(command, input=text, cwd=ROOT, stdout=subprocess.DEVNULL, check=True))
    return idle, drawing


def probed(work):
    """(p50, p99, most) of the lateness in ms of a thread that sleeps 5 ms at a time while the work goes on."""
    late, done = [], threading.Event()

    def probe():
        while not done.is_set():
            before = time.perf_counter()
            time.sleep(0.005)
            late.append((time.perf_counter() - before - 0.005) * 1000)

    thread = threading.Thread(target=probe)
    thread.start()
    work()
    done.set()
    thread.join()
    late.sort()
    return late[len(late) // 2], late[len(late) * 99 // 100], late[-1]


def digests(pythons):
    """The digest of one plan by each Python; equal if all is well."""
    code = (
        "import json, sys; from app.thinking import grouping;"
        "print(grouping.plan(json.load(sys.stdin), 's').digest[:16], sys.version.split()[0])"
    )
    text = json.dumps(INSTANCES["100/12/6 + 3 attributes"])
    for python in pythons:
        done = subprocess.run([python, "-c", code], input=text, cwd=ROOT, text=True, capture_output=True, check=True)
        print(done.stdout.strip())


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="*", metavar="NAME", help="only these instances")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--event", action="store_true", help="50 seeds of the reference event")
    parser.add_argument("--lateness", action="store_true", help="how a running server feels a draw of 1,000 people")
    parser.add_argument("--pythons", nargs="*", help="draw one plan with each of these interpreters")
    given = parser.parse_args()
    if given.event:
        event(INSTANCES["17/3/3 + 5 regions"])
    elif given.lateness:
        request = {"job": "plan", "instance": INSTANCES["1000/100/5 + 3 attributes"], "seed": "s"}
        for name, late in zip(("idle", "drawing"), lateness(request), strict=True):
            print("{}: late by p50 {:.1f}, p99 {:.1f}, most {:.1f} ms".format(name, *late))
    elif given.pythons:
        digests(given.pythons)
    else:
        compare({name: INSTANCES[name] for name in given.instances or INSTANCES}, given.seeds)


def event(instance):
    """Fifty draws of the reference event: how many are perfect, and how long they take."""
    perfect, seconds = 0, []
    for k in range(50):
        started = time.process_time()
        plan = grouping.plan(instance, f"{k}")
        seconds.append(time.process_time() - started)
        hosts = {host for hosts in plan.hosts for host in hosts}
        report = plan.report
        perfect += (report["Q"], report["imbalance"], report["max_meet"], len(hosts)) == (24, 0, 2, 9)
    print(f"{perfect} of 50 perfect; CPU s: mean {mean(seconds):.3f}, most {max(seconds):.3f}")


if __name__ == "__main__":
    main()
