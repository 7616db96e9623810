"""script/floors on data, a program and a scorer invented here: what sinks is named, what rises is held, nothing sinks unasked."""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf8") as f:
        f.write(text)
    os.chmod(path, mode)


class World:
    """A folder with data, scorer and program; the scorer answers what `figures` was last called with."""

    def __init__(self, folder):
        self.folder = folder
        write(f"{folder}/shared/data/statements/dev.jsonl", '{"id": "a", "text": "Olm said no."}\n')
        write(f"{folder}/shared/score/statements.py", 'import os, sys\nprint(open(os.path.dirname(__file__) + "/answer").read())\n')
        write(f"{folder}/chancery", '#!/bin/sh\n[ "$1" = --model ] && shift 2\n[ "$1" = code ] && cp "$6" "$5"\n', 0o755)

        write(f"{folder}/quality.md", "Text | with | bars.\n\n| layer | figure | statements, before | statements, now |\n|---|---|---|---|\n"
              "| cues | `cue_f1` | 0.100 | 0.100 |\n| trees | `LAS` | 0.300 | 0.300 |\n\n| layer | figure | times, now |\n|---|---|---|\n| x | `cue_f1` | 0.700 |\n")

    def figures(self, text):
        write(f"{self.folder}/shared/score/answer", text)

    def floors(self, *arguments, shared="shared"):
        done = subprocess.run([sys.executable, f"{ROOT}/script/floors", "--program", f"{self.folder}/chancery", "--table", f"{self.folder}/floors.tsv",
                               "--document", f"{self.folder}/quality.md", "--out", f"{self.folder}/out", *arguments, "statements"], capture_output=True, text=True,
                              env={**os.environ, "CHANCERY_SHARED": f"{self.folder}/{shared}"})
        return done.returncode, done.stdout + done.stderr

    def table(self):
        with open(f"{self.folder}/floors.tsv", encoding="utf8") as f:
            rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
        return {(row[1], row[2]): (row[3], row[4]) for row in rows[1:]}


def expect(holds, what):
    if not holds:
        sys.exit(f"FAILED {what}")


def main():
    plain = "script/quality statements"
    with tempfile.TemporaryDirectory() as folder:
        world = World(folder)
        world.figures("cue_f1 0.5000\ncue_precision 0.7000\nname_accuracy 0.0100 of 12")
        code, said = world.floors("--renew")
        expect(code == 0, said)
        expect(world.table() == {("cue_f1", plain): ("0.5000", "0.4800"), ("name_accuracy", plain): ("0.0100", "0.0000")}, f"a first table: {world.table()}")

        world.figures("cue_f1 0.4800\nname_accuracy 0.0100 of 12")
        expect(world.floors()[0] == 0, "a figure on its floor holds")
        world.figures("cue_f1 0.4790\nname_accuracy 0.0100 of 12")
        code, said = world.floors()
        expect(code == 1 and "BELOW statements cue_f1: 0.4790, floor 0.4800" in said and "name_accuracy" not in said, said)
        world.figures("name_accuracy 0.0100 of 12")
        code, said = world.floors()
        expect(code == 1 and "GONE statements cue_f1" in said, said)

        world.figures("cue_f1 0.4000\nname_accuracy 0.9000 of 12")
        code, said = world.floors("--renew")
        expect(code == 0 and "floor stays: statements cue_f1 0.4800, now measured 0.4000 (BELOW it)" in said, said)
        expect(world.table() == {("cue_f1", plain): ("0.4000", "0.4800"), ("name_accuracy", plain): ("0.9000", "0.8800")}, f"renewed: {world.table()}")
        expect(world.floors()[0] == 1, "a floor that stayed is still a floor")
        expect(world.floors("--renew", "--lower")[0] == 0 and world.table()[("cue_f1", plain)] == ("0.4000", "0.3800"), "lowered when asked")

        expect(world.floors("--renew", "--model", "other")[0] == 0, "another model's floors")
        expect(world.table()[("cue_f1", "script/quality --model other statements")] == ("0.4000", "0.3800"), f"{world.table()}")
        expect(world.table()[("cue_f1", plain)] == ("0.4000", "0.3800"), "the first model's rows stay")
        with open(f"{folder}/quality.md", encoding="utf8") as f:
            said = f.read()
        expect(said == "Text | with | bars.\n\n| layer | figure | statements, before | statements, now |\n|---|---|---|---|\n"
               "| cues | `cue_f1` | 0.100 | 0.400 |\n| trees | `LAS` | 0.300 | 0.300 |\n\n| layer | figure | times, now |\n|---|---|---|\n| x | `cue_f1` | 0.700 |\n",
               f"the columns of now, and nothing else: {said}")

        write(f"{folder}/chancery", "#!/bin/sh\necho no such option >&2\nexit 2\n", 0o755)
        code, said = world.floors()
        expect(code == 1 and "FAILED statements: chancery code ended with 2: no such option" in said, said)
        code, said = world.floors(shared="nowhere")
        expect(code == 77 and "nothing was checked: no development data" in said, said)
    print("script/floors names what sank")


if __name__ == "__main__":
    main()
