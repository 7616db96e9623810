"""One run of page extractors over the same pages; called by bench/pages.

usage: pages.py SHARED CHANCERY OUT [SET…]
Prints a Markdown table a set: figures of score/page.py and CPU seconds (of the extractor alone; chancery's with its start).
"""
import gzip
import json
import os
import re
import resource
import subprocess
import sys
import time

import newspaper
import readability
import trafilatura
from lxml import html

SETS = [("page-bodies", "page", "bodies", ["bodies"]), ("page-segments", "page", "segments", ["segments"]),
        ("modern", "modern", "modern", ["bodies", "segments"]), ("newspages", "newspages", "newspages", ["bodies", "segments"])]


def decoded(raw):
    """UTF-8 where the bytes are, else what the page declares: the same for every peer."""
    try:
        return raw.decode("utf8")
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:4000])
        try:
            return raw.decode(declared.group(1).decode() if declared else "windows-1252", "replace")
        except LookupError:
            return raw.decode("windows-1252", "replace")


def by_trafilatura(page, url):
    text = trafilatura.extract(page, url=url, include_comments=False, include_tables=True) or ""
    about = trafilatura.extract_metadata(page, default_url=url)
    return {"text": text, "title": about and about.title, "published": about and about.date,
            "byline": [about.author] if about and about.author else []}


def by_newspaper(page, url):
    article = newspaper.Article(url or "https://example.org/", fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return {"text": article.text, "title": article.title, "byline": article.authors,
            "published": article.publish_date.isoformat() if article.publish_date else ""}


def by_readability(page, url):
    document = readability.Document(page)
    body = html.fromstring(document.summary())
    blocks = body.xpath("//p|//li|//h2|//h3|//h4|//blockquote[not(.//p)]|//pre|//td")
    text = "\n".join(b.text_content() for b in blocks) or body.text_content()
    return {"text": text, "title": document.short_title(), "byline": [], "published": ""}


PEERS = [("trafilatura", by_trafilatura), ("newspaper4k", by_newspaper), ("readability-lxml", by_readability)]


def figures(shared, scorers, listed, said):
    out = {}
    for scorer in scorers:
        done = subprocess.run([sys.executable, f"{shared}/score/page.py", scorer, listed, said], capture_output=True, text=True, check=True)
        for line in done.stdout.splitlines():
            words = line.split()
            if scorer == "segments" and len(scorers) == 2 and words[0].startswith("segment"):
                continue
            out[words[0]] = words[1]
    return out


def main():
    shared, chancery, out, *wanted = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for label, folder, name, scorers in SETS:
        if wanted and label not in wanted:
            continue
        listed = f"{shared}/data/{folder}/{name}.jsonl"
        rows = [json.loads(line) for line in open(listed, encoding="utf8")]
        files = [f"{shared}/data/{folder}/{r['file']}" for r in rows]
        table = []
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([chancery, "extract", "-o", os.devnull, *files], stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        table.append(("chancery, by models without the site", figures(shared, scorers, listed, f"{out}/held-out/{name}.jsonl"), seconds))
        for peer, extract in PEERS:
            said, spent = [], 0.0
            for row, file in zip(rows, files):
                page = decoded(gzip.open(file).read())
                start = time.process_time()
                try:
                    article = extract(page, row.get("url"))
                except Exception as error:  # a peer's fault on one page is that page's
                    print(f"{peer}: {row['id']}: {error!r:.100}", file=sys.stderr)
                    article = {"text": "", "title": "", "published": "", "byline": []}
                spent += time.process_time() - start
                said.append({"article": {"id": row["id"], **article}})
            path = f"{out}/{peer}-{name}.jsonl"
            with open(path, "w", encoding="utf8") as f:
                f.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in said)
            table.append((peer, figures(shared, scorers, listed, path), spent))
        heads = list(table[0][1])
        print(f"\n{label}, {len(rows)} pages\n\n| | {' | '.join(heads)} | CPU s |\n|{'---|' * (len(heads) + 2)}")
        for who, found, spent in table:
            print(f"| {who} | {' | '.join(found.get(h, '–') for h in heads)} | {spent:.1f} |")


if __name__ == "__main__":
    main()
