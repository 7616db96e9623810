"""What trials read: invented articles, and a server whose feeds go on publishing them."""
import collections
import html
import http.server
import json
import pathlib
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def articles(count):
    """Invented: the reports of the examples, each many times with a paragraph of its own."""
    reports = [json.loads(line) for line in (SOURCE / "examples/reports.jsonl").read_text().splitlines()]
    for n in range(count):
        article = dict(reports[n % len(reports)])
        article["id"] = f"n{n}"
        article.pop("url", None)
        article["text"] += f"\n\nDelegate {n} of Iceland told delegate {n * 7 % 1000} of Norway that paragraph {n} was agreed."
        yield article


class Site:
    """Feeds that publish so many articles a second, by turns."""

    FEEDS, SHOWN = 20, 40

    def __init__(self, articles, rate):
        site = self
        self.articles, self.rate, self.asked = articles, rate, collections.Counter()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked[self.path] += 1
                kind, body = site.page(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.begun = time.time()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def feeds(self):
        return [f"{self.address}/feed/{n}" for n in range(self.FEEDS)]

    def published(self, n):
        return self.begun + n / self.rate

    def page(self, path):
        words = path.strip("/").split("/")
        if words[0] == "feed":
            out = min(len(self.articles), int((time.time() - self.begun) * self.rate))
            items = [f"<item><title>News {n}</title><link>{self.address}/news/{n}</link><pubDate>{self.articles[n].get('told', 'Wed, 14 May 2031 08:19:00 GMT')}</pubDate>"
                     "<description>x</description></item>" for n in range(int(words[1]), out, self.FEEDS)][-self.SHOWN:]
            return "application/rss+xml", f"<rss><channel><title>Feed {words[1]}</title>{''.join(items)}</channel></rss>".encode()
        if words[0] == "news":
            text = "".join(f"<p>{html.escape(part)}</p>" for part in self.articles[int(words[1])]["text"].split("\n\n"))
            return "text/html; charset=utf-8", f"<html><body><article><h1>News {words[1]}</h1>{text}</article></body></html>".encode()
        return "text/plain", b"User-agent: *\n" if words[0] == "robots.txt" else b""
